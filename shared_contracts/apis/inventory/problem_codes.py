"""Refusals of inventory's API: code and one sentence, as `(("lease_gone", "The lease is over."), …)`."""

CODES: tuple[tuple[str, str], ...] = (
    ("count_mixed_with_delta", "One request counts a stock item and changes it as well, or counts it twice."),
    ("count_outdated", "A count was made against another number on hand than there is now."),
    ("insufficient_stock", "Fewer units can be promised than wanted; names every variant that is short."),
    ("lease_gone", "The lease is over: expired, released, or taken over by an order."),
    ("lease_too_long", "A lease cannot be extended past its longest life."),
    ("location_closed", "Nothing is booked at a closed location."),
    ("location_code_taken", "Another location has this code."),
    ("location_not_empty", "A location with goods or promises cannot be closed."),
    ("not_enough_on_hand", "An adjustment would take more units than are on hand."),
    ("receipt_not_positive", "A receipt that would take units away."),
    ("revision_moved", "Somebody else changed it since the caller looked."),
    ("rule_exists", "The variant has a low-stock rule for this location already."),
    ("too_many_units", "More units than a stock item can hold."),
    ("unknown_lease", "No lease has this token."),
    ("unknown_location", "No location has this code."),
    ("unknown_product", "A product that is not in the local copy of the catalogue."),
    ("unknown_rule", "No low-stock rule has this id."),
    ("unknown_variant", "A variant that is not in the local copy of the catalogue, or has left it."),
)
