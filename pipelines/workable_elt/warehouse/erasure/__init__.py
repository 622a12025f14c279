"""Takes people out of the warehouse: de-identified as facts, or removed with them.

What belongs to a person, and where others name one, is in `subjects` and `references`; nothing
here decides who is to go.
"""

from workable_elt.warehouse.erasure.blank import blanked
from workable_elt.warehouse.erasure.built import built_tables, remove_built
from workable_elt.warehouse.erasure.removal import remove
from workable_elt.warehouse.erasure.returned import told_again
from workable_elt.warehouse.erasure.subjects import People

__all__ = ["People", "blanked", "built_tables", "remove", "remove_built", "told_again"]
