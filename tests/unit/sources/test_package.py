"""What the package gives to those who import it."""

import subprocess
import sys

import pytest

import workable_elt


def test_the_sources_can_be_imported_from_the_package() -> None:
    assert {workable_elt.workable_ats.__name__, workable_elt.workable_hris.__name__} == {
        "workable_ats", "workable_hris"
    }  # fmt: skip


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="workable_crm"):
        _ = workable_elt.workable_crm


def test_the_simulator_does_not_pay_for_dlt() -> None:
    code = "import sys, workable_elt.simulator.server.runner; sys.exit('dlt' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
