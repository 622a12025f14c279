"""The profile of an employee: contact, contract, pay and everything sensitive."""

from __future__ import annotations

import random
from datetime import date, timedelta
from typing import Any

from workable_elt.simulator import records as r
from workable_elt.simulator.making.catalog import Catalog
from workable_elt.simulator.making.plan import Plant
from workable_elt.simulator.making.script import Script
from workable_elt.simulator.making.spells import Spell

CURRENCIES = {"GB": "GBP", "US": "USD", "JP": "JPY"}
_STATUSES = ("full_time", "part_time", "contractor")
_STATUS_WEIGHTS = (84, 9, 7)


class Profiles:
    """Makes up the fields of a profile."""

    def __init__(self, script: Script, catalog: Catalog, plant: Plant) -> None:
        self._script = script
        self._rng: random.Random = script.rng
        self._catalog = catalog
        self._plant = plant

    def row(self, value: Any) -> r.Row:
        """A new row of a multi-value field."""
        return r.Row(self._script.number("row"), value)

    def status(self) -> str:
        """An employment status."""
        return self._rng.choices(_STATUSES, _STATUS_WEIGHTS)[0]

    def contract(self, status: str, start: date) -> r.Row:
        """A row of contract details."""
        place = self._rng.choice(("onsite", "remote", "hybrid"))
        value: dict[str, Any] = {
            "employment_effective_date": start,
            "employment_status": f"employement_type_{status}",
            "employment_work_place": f"employment_work_place_{place}",
        }
        if status == "contractor":
            value["employment_expiry_date"] = start + timedelta(days=730)
        return self.row(value)

    def salary(self, country: str, amount: float, day: date, why: str = "new_hire") -> r.Row:
        """A row of pay."""
        plant = self._plant
        currency = CURRENCIES.get(country, "EUR")
        return self.row(
            {
                "salary_effective_date": plant.day(day),
                "salary_pay_type": "salary_pay_type_salary",
                "salary_pay_rate": r.Money(plant.number(amount), currency, "year"),
                "salary_pay_schedule": "salary_pay_schedule_monthly",
                "salary_justification": f"salary_justification_{why}",
                "salary_note": plant.text("Reviewed by finance"),
            }
        )

    def rows(self, spell: Spell, status: str) -> dict[str, list[r.Row]]:
        """The multi-value fields of a new profile."""
        rng, human = self._rng, spell.human
        rows = {
            "phone_group": [
                self.row({"phone_type": "phone_type_mobile", "phone": human.phone}),
                self.row({"phone_type": "phone_type_work", "phone": "+442071838750"}),
            ][: 1 + (rng.random() < 0.2)],
            "employment_group": [self.contract(status, spell.start)],
            "salary_group": [
                self.salary(
                    human.place.country_code or "", rng.randrange(28, 120) * 1000, spell.start
                )
            ],
        }
        if rng.random() < 0.97:
            rows["personal_email"] = [self.row(human.email)]
            if rng.random() < 0.1:
                rows["personal_email"].append(self.row(f"second.{human.email}"))
        if rng.random() < 0.8:
            rows["probation_group"] = [self.row(_probation(spell.start))]
        if rng.random() < 0.1:
            rows["citizenship"] = [self.row(r.CountryValue("Ελλάδα", "GR"))]
            asset = {"assets_name": "Badge", "assets_grant_date": spell.start}
            rows["assets_group"] = [self.row(asset)]
        rows["contact_group"] = [self.row(self._contact(spell))]
        rows["skills"] = [self.row(word) for word in rng.sample(_SKILLS, rng.randint(0, 3))]
        rows["language"] = [self.row("English")]
        rows.update(self._rare_rows(spell))
        equipment = self._catalog.custom_fields["Equipment"]
        if rng.random() < 0.4:
            device, serial, handed_out = equipment.subfields
            value = {device.id: "Laptop 14″", serial.id: f"SN{spell.number:08d}"}
            rows[equipment.id] = [self.row({**value, handed_out.id: spell.start})]
        return rows

    def _contact(self, spell: Spell) -> dict[str, Any]:
        plant = self._plant
        return {
            "contact_name": plant.text(f"Alex {spell.human.lastname.strip()}"),
            "contact_relationship": "contact_relationship_type_partner",
            "contact_phone": plant.text("+442079460000"),
            "contact_email": plant.text("alex@family.example"),
            "contact_address": plant.text("12 Quiet Road"),
        }

    def _rare_rows(self, spell: Spell) -> dict[str, list[r.Row]]:
        """Sensitive fields that only some have, or everybody when a marker is planted."""
        plant, start = self._plant, spell.start
        one = r.Money(plant.number(1_500), "EUR")
        country = r.CountryValue(plant.text("Greece"), "GR")
        until = plant.day(start + timedelta(days=2_000))
        all_rows: dict[str, Any] = {
            "allergies": plant.text("Peanuts"),
            "dietary_restrictions": plant.text("Vegetarian"),
            "commission_group": {
                "commission_percentage": plant.number(4.5),
                "commission_effective_date": plant.day(start),
                "commission_pay_schedule": "commission_pay_schedule_montly",
                "commission_reason": plant.text("Quota"),
            },
            "bonus_group": {
                "bonus_amount": one,
                "bonus_effective_date": plant.day(start),
                "bonus_pay_schedule": "bonus_pay_schedule_annually",
                "bonus_reason": plant.text("Retention"),
            },
            "stock_options_group": {
                "stock_options_price": one,
                "stock_options_grant_date": plant.day(start),
                "stock_options_plan": plant.text("Plan A"),
            },
            "credit_card_group": {
                "credit_card_number": plant.text("4111111111111111"),
                "credit_card_cardholder": plant.text(spell.human.lastname),
                "credit_card_expiration_date": until,
            },
            "social_insurance_number_group": {
                "social_insurance_number_number": plant.text("21017500123"),
                "social_insurance_number_insurance_carrier": plant.text("EFKA"),
            },
            "passport_group": {
                "passport_country": country,
                "passport_number": plant.text("AT1234567"),
                "passport_expiration_date": until,
                "passport_attachment": r.FileValue(plant.text("passport.pdf")),
            },
            "visa_group": {
                "visa_country": country,
                "visa_type": plant.text("Skilled worker"),
                "visa_number": plant.text("V998877"),
                "visa_expiration_date": until,
            },
            "driver_license_group": {
                "driver_license_country": country,
                "driver_license_number": plant.text("DL-5512"),
            },
        }
        share = 0.12 if plant.marker is None else 1.0
        return {
            key: [self.row(value)] for key, value in all_rows.items() if self._rng.random() < share
        }

    def singles(self, spell: Spell) -> dict[str, Any]:
        """The single fields of a new profile, beyond those with attributes of their own."""
        rng, plant, place = self._rng, self._plant, spell.human.place
        singles: dict[str, Any] = {
            "country": r.CountryValue(place.country or "", place.country_code or ""),
            "birthdate": plant.day(date(1960 + rng.randrange(44), rng.randint(1, 12), 14)),
            "bank_details_group": {
                "bank_details_bank_name": plant.text("First Harbour Bank"),
                "bank_details_iban": plant.text(f"GR{rng.randrange(10**16):016d}"),
                "bank_details_account_number": plant.text(f"{rng.randrange(10**9):09d}"),
                "bank_details_bic": plant.text("HARBGRAA"),
            },
        }
        for group in ("social_security", "national_identification", "tax_identification"):
            name = f"{group}_number"
            singles[f"{name}_group"] = {
                f"{name}_number": plant.text(f"{rng.randrange(10**8):08d}"),
                f"{name}_issue_date": plant.day(spell.start),
                f"{name}_file": r.FileValue(plant.text(f"{group}.pdf")),
            }
        if rng.random() < 0.6:
            singles["nationality"] = r.CountryValue(place.country or "", place.country_code or "")
            singles["birthPlace"] = {
                "city": plant.text(place.city or ""),
                "country_code": plant.text(place.country_code or ""),
                "label": plant.text(place.city or ""),
            }
        if rng.random() < 0.8:
            singles["gender"] = f"gender_{rng.choice(('male', 'female', 'non_binary'))}"
        if rng.random() < 0.3:
            singles["marital_status_group"] = {"marital_status": "marital_status_married"}
        if rng.random() < 0.5:
            singles["address"] = _address(place)
        if rng.random() < 0.4:
            singles["notice_period"] = rng.choice((30, 60, 90))
        return singles

    def custom(self) -> dict[str, Any]:
        """Single custom fields."""
        rng, fields = self._rng, self._catalog.custom_fields
        custom: dict[str, Any] = {}
        if rng.random() < 0.5:
            custom[fields["T-shirt"].id] = rng.choice(fields["T-shirt"].choices).id
        if rng.random() < 0.8:
            custom[fields["Cost centre"].id] = f"CC-{rng.randrange(100, 130):04d}"
        if self._plant.marker is not None or rng.random() < 0.03:
            custom[fields["Disciplinary note"].id] = self._plant.text("First warning")
        return custom


def _probation(start: date) -> dict[str, Any]:
    """Three months on probation."""
    return {
        "probation_start_date": start,
        "probation_end_date": start + timedelta(days=90),
        "probation_note": None,
    }


def _address(place: r.Place) -> dict[str, Any]:
    """A place the way the address field has it (Google-like)."""
    return {
        "city": place.city,
        "label": f"Main Street 1, {place.city}",
        "coords": f"{place.latitude}, {place.longitude}",
        "status": "PARTIAL_SUCCESS",
        "country": place.country,
        "zip_code": place.zip_code,
        "state_code": place.region_code,
        "subregion": place.region,
        "street_name": "Main Street",
        "country_code": place.country_code,
        "street_number": "1",
        "location_string": f"{place.city}, {place.country}",
    }


_SKILLS = ("SQL", "Python", "Negotiation", "Ελληνικά", "Excel", "C++", "日本語", "Facilitation")
