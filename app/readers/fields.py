"""The fields of a line that a column or a key can stand for. Words for them: `header_words.py`."""

from __future__ import annotations

from enum import StrEnum


class Field(StrEnum):
    """What one column of a file says about a line.

    The values are the names that a caller writes in a column override and that the template uses.
    """

    LINE_ID = "line_id"
    POSITION = "position"
    PART_NUMBER = "part_number"
    MAKER_PART_NUMBER = "maker_part_number"
    NAME = "name"
    DESCRIPTION = "description"
    VALUE = "value"
    SPECIFICATION = "specification"
    QUANTITY = "quantity"
    TOTAL_QUANTITY = "total_quantity"
    UNIT = "unit"
    LEVEL = "level"
    PARENT = "parent_line_id"
    UNIT_MASS = "unit_mass"
    UNIT_MASS_KG = "unit_mass_kg"
    MASS_UNIT = "mass_unit"
    UNIT_PRICE = "unit_price"
    CURRENCY = "currency"
    HS_CODE = "hs_code"
    CATEGORY = "category"
    SECTOR = "sector"
    MATERIAL = "material"
    CAS = "cas"
    EC = "ec"
    FORMULA = "formula"
    MASS_FRACTION = "mass_fraction"
    SUPPLIER = "supplier"
    SUPPLIER_COUNTRY = "supplier_country"
    ORIGIN = "country_of_origin"
    MANUFACTURER = "manufacturer"
    DESIGNATOR = "designator"
    SCRAP = "scrap"
    BASE_QUANTITY = "base_quantity"
    ITEM_TYPE = "item_type"
    PHANTOM = "phantom"
    NOT_FITTED = "not_fitted"
    ALTERNATE = "alternate"
    USAGE_PROBABILITY = "usage_probability"
    SOURCING = "sourcing"
    STOCK_DAYS = "stock_days"
    LEAD_TIME_DAYS = "lead_time_days"
    RECYCLED_SHARE = "recycled_share"
    REVENUE_AT_RISK = "revenue_at_risk"
    MAGNET_TYPE = "magnet_type"
    TECHNOLOGY = "technology"
    REMARK = "remark"
    PRODUCT = "product"
    PRODUCT_NAME = "product_name"
    IGNORE = "ignore"


#: Fields that say what a line is; a row without any of them cannot be identified.
IDENTITY_FIELDS: frozenset[Field] = frozenset(
    {
        Field.PART_NUMBER,
        Field.MAKER_PART_NUMBER,
        Field.NAME,
        Field.DESCRIPTION,
        Field.VALUE,
        Field.SPECIFICATION,
        Field.MATERIAL,
        Field.CAS,
        Field.EC,
        Field.FORMULA,
    }
)

#: Fields whose cells are numbers; each such column gets its own decimal mark.
NUMBER_FIELDS: frozenset[Field] = frozenset(
    {
        Field.QUANTITY,
        Field.TOTAL_QUANTITY,
        Field.UNIT_MASS,
        Field.UNIT_MASS_KG,
        Field.UNIT_PRICE,
        Field.MASS_FRACTION,
        Field.SCRAP,
        Field.BASE_QUANTITY,
        Field.USAGE_PROBABILITY,
        Field.STOCK_DAYS,
        Field.LEAD_TIME_DAYS,
        Field.RECYCLED_SHARE,
        Field.REVENUE_AT_RISK,
    }
)
