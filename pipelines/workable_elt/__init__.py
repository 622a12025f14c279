"""Workable ATS and HRIS data in your own warehouse: dlt sources, dbt models, one command line."""
