from __future__ import annotations

import workable_elt.api as api
from workable_elt import settings
from workable_elt.api import errors


def test_all_names_what_the_package_offers_and_nothing_else() -> None:
    offered = {
        name
        for name, value in vars(api).items()
        if not name.startswith("_") and not hasattr(value, "__path__") and name not in SUBMODULES
    }
    assert offered == set(api.__all__)
    assert api.__all__ == sorted(api.__all__, key=lambda name: (not name.isupper(), name))


SUBMODULES = {name for name, value in vars(api).items() if type(value).__name__ == "module"}


def test_every_error_is_exported_and_drawn_in_the_tree() -> None:
    kinds = {
        name
        for name, value in vars(errors).items()
        if isinstance(value, type) and issubclass(value, errors.WorkableError)
    }
    assert kinds <= set(api.__all__)
    assert errors.__doc__ is not None
    drawn = {
        line.split("── ")[-1].split()[0] for line in errors.__doc__.splitlines() if "── " in line
    }
    assert drawn | {"WorkableError"} == kinds


def test_the_drawing_shows_each_error_below_its_base() -> None:
    above: list[str] = ["WorkableError"]
    for line in (errors.__doc__ or "").splitlines():
        if "── " not in line:
            continue
        depth = line.index("── ") // 4
        name = line.split("── ")[-1].split()[0]
        assert getattr(errors, name).__base__.__name__ == above[depth - 1]
        above[depth:] = [name]


def test_every_raw_table_can_be_read_with_the_scope_that_settings_name() -> None:
    for resource in settings.RESOURCES.values():
        endpoint = api.BY_PATH[resource.endpoint]
        assert endpoint.scope == resource.scope, resource.name
