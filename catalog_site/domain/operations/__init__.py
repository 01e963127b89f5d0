"""What the catalog can do, one file per use case.

Products: create_product, edit_product, change_status, delete_product, put_picture (and remove_picture).
Variants: add_variant, edit_variant, delete_variant. Prices: set_prices, change_prices_by_percent.
Order of things: arrange_categories, arrange_attributes. Stock: apply_stock. Upkeep: reindex_search, sweep_pictures.
"""
