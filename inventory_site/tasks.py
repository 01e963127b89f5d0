"""What the worker does by itself."""

from inventory_site.domain import queries
from inventory_site.domain.operations import set_minimums
from inventory_site.domain.operations import sweep_leases as leases
from site_kit.tasks.periodic import periodic


@periodic(every_s=5)
def sweep_leases() -> None:
    """Leases past their time give their units back."""
    leases.sweep_leases()


@periodic(every_s=60)
def judge_minimums() -> None:
    """The net under low-stock alerts, which follow every movement by themselves."""
    set_minimums.judge_minimums(variant_ids=queries.variants_out_of_step())
