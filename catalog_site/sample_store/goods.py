"""What the sample store sells: sixty products, made up for this project."""

from decimal import Decimal
from typing import NamedTuple


class Goods(NamedTuple):
    """One product: `code` starts its SKUs, `eur` is the price of its cheapest variant, `shape` what is drawn.

    `axes` names the options it comes in, one word per option and a slash between axes: "moss ink/s m l".
    `hue` is the main colour of its picture, 0 to 359.
    """

    code: str
    name: str
    shelf: str
    brand: str
    eur: Decimal
    weight_g: int
    shape: str
    hue: int
    axes: str
    description: str


_ROWS = """
KET-STOVE|Stovetop kettle|kitchen|Harbour & Pine|49.00|980|kettle|205|slate cherry|Boils a litre and a half, and says so with one clear note.
PAN-SKIL|Cast iron skillet|kitchen|Harbour & Pine|39.50|2300|pan|15||Gets better every year. Pre-seasoned, for every hob and the campfire.
PAN-SAUC|Copper saucepan|kitchen|Old Ferry|89.00|1400|pan|24||Two litres, tin lined, with a brass handle that stays cool.
BRD-OAK|Oak chopping board|kitchen|Old Ferry|34.00|1700|board|32||Cut from one plank, oiled by hand, with a groove that catches the juice.
KNF-CHEF|Chef's knife|kitchen|Brightwell|72.00|210|knife|210||Twenty centimetres of carbon steel that takes an edge and keeps it.
BWL-MIX|Mixing bowls|kitchen|Brightwell|28.00|900|bowl|48|sand sky|Three that nest, with a lip that pours and a foot that does not slide.
JAR-STOR|Storage jar|kitchen|Brightwell|9.50|520|jar|140|300ml 500ml 1l|Glass with a cork lid, for everything that comes in paper bags.
APR-LIN|Linen apron|kitchen|Meadow Mill|31.00|260|shirt|95|moss ink clay|Cross-back straps, two pockets, and washable at sixty degrees.
TEA-POT|Teapot for two|tea-and-coffee|Harbour & Pine|36.00|740|kettle|12|clay moss ink|Stoneware with a strainer that fits, and a spout that does not drip.
TEA-MUG|Morning mug|tea-and-coffee|Harbour & Pine|14.00|340|mug|200|sand clay moss sky ink|Thrown thick, glazed thin, and large enough to matter.
TEA-ASS|Assam breakfast tea|tea-and-coffee|Long Voyage|8.90|110|box|18||Malty and strong, from a garden that signs its tins.
TEA-GRN|Green needle tea|tea-and-coffee|Long Voyage|11.40|110|box|110||Steamed leaves with a taste of chestnut; brews three times.
COF-FILT|Pour-over dripper|tea-and-coffee|Brightwell|24.00|310|mug|30|sand ink|Porcelain cone with a spiral wall, for one cup made properly.
COF-GRND|Hand grinder|tea-and-coffee|Brightwell|58.00|620|bottle|25||Steel burrs, forty clicks, thirty turns for a cup.
COF-BEAN|House espresso beans|tea-and-coffee|Long Voyage|13.50|500|box|35||Hazelnut, cocoa, and no bitterness; roasted every Tuesday.
COF-CUP|Espresso cup pair|tea-and-coffee|Old Ferry|19.00|280|mug|350|cherry slate|Two small cups with thick walls and wide ears.
CUS-WOOL|Wool cushion|home|Meadow Mill|42.00|600|cushion|160|moss clay slate|Woven on old looms, filled with what was left of the fleece.
THR-WOOL|Herringbone throw|home|Meadow Mill|79.00|1100|cushion|220|sand ink moss|Two metres of warmth for the end of the sofa.
TWL-BATH|Bath towel|home|Meadow Mill|26.00|620|folded|190|sand sky slate|Long loops that drink, a hem that holds.
VAS-TALL|Tall vase|home|Old Ferry|38.00|1200|jar|275|clay ink|Narrow at the neck, so that three stems stand as they like.
CLK-WALL|Wall clock|home|Brightwell|54.00|780|clock|200||Silent movement, numerals one can read from the door.
MIR-ROUND|Round mirror|home|Old Ferry|95.00|3400|clock|180||Sixty centimetres in an ash frame, hung by a leather strap.
BSK-WIL|Willow basket|home|Old Ferry|33.00|900|basket|38|m l|For logs, laundry, or a cat.
CND-BEES|Beeswax candles|home|Long Voyage|12.00|300|candle|44||Six, hand dipped, forty minutes to the centimetre.
LMP-DESK|Desk lamp|lighting|Brightwell|68.00|1500|lamp|8|cherry slate moss|A joint that stays where it is put, a light that does not flicker.
LMP-FLOR|Floor lamp|lighting|Brightwell|129.00|4200|lamp|50|sand ink|Reads over your shoulder; the shade turns all the way round.
LMP-PEND|Pendant lamp|lighting|Old Ferry|84.00|1300|pendant|28|clay ink slate|Spun metal, white inside, three metres of cloth cable.
LMP-BED|Bedside lamp|lighting|Harbour & Pine|47.00|900|lamp|260|sky sand|Dims to the glow of the last page.
LAN-STRM|Storm lantern|lighting|Harbour & Pine|35.00|1100|lantern|0|cherry moss|Burns through the night and half the wind.
LGT-STRG|Festoon lights|lighting|Long Voyage|44.00|1300|pendant|46||Ten bulbs on ten metres, for gardens and bad ceilings.
LMP-CLIP|Clip light|lighting|Brightwell|29.00|420|pendant|330|cherry sky|Holds on to shelves, music stands and headboards.
TEE-HEAVY|Heavyweight tee|clothing|Meadow Mill|27.00|230|shirt|215|sand ink/s m l xl|Two hundred and forty grams of cotton that keeps its shape.
SHI-OXF|Oxford shirt|clothing|Meadow Mill|64.00|310|shirt|205|sky sand/s m l xl|Soft roll to the collar; better unironed.
JUM-LAMB|Lambswool jumper|clothing|Meadow Mill|89.00|420|shirt|150|moss clay/s m l xl|Knitted in one piece, with saddle shoulders.
HAT-BEAN|Ribbed beanie|clothing|Meadow Mill|24.00|90|hat|10|cherry ink moss slate|One size, because it stretches.
HAT-BRIM|Wax brim hat|clothing|Harbour & Pine|46.00|180|hat|90|moss slate/m l|Rolls into a pocket, comes out as a hat.
SCF-LONG|Long scarf|clothing|Meadow Mill|39.00|210|folded|340|cherry sky ink|Long enough for two turns and a knot.
SOC-WALK|Walking socks|clothing|Harbour & Pine|15.00|110|folded|130|moss slate/m l|Cushioned where it counts, two pairs.
JKT-RAIN|Rain jacket|clothing|Harbour & Pine|145.00|520|shirt|55|sand ink/s m l xl|Taped seams, a hood that turns with the head.
BAG-TOTE|Canvas tote|bags|Old Ferry|29.00|420|bag|40|sand ink moss|Twelve-ounce canvas, inside pocket, handles for the shoulder.
BAG-PACK|Day pack|bags|Harbour & Pine|98.00|870|pack|145|moss slate clay|Twenty litres, one laptop, two bottles.
BAG-ROLL|Roll-top bag|bags|Harbour & Pine|112.00|930|pack|210|ink sand|Closes over whatever was bought on the way.
BAG-WEEK|Weekender|bags|Old Ferry|165.00|1500|bag|20|clay ink|Waxed canvas and bridle leather, cabin size.
BAG-BELT|Belt bag|bags|Brightwell|38.00|210|bag|300|slate cherry|Phone, keys, snack; hands free.
WAL-CARD|Card wallet|bags|Old Ferry|42.00|60|book|16|clay ink|Six cards and a folded note in one piece of leather.
PCH-TOOL|Tool pouch|bags|Brightwell|22.00|150|book|70|moss sand|Rolls up around pens, brushes or spanners.
NTB-A5|Notebook A5|stationery|Long Voyage|12.50|280|book|230|plain lined dotted|Lies flat, numbers its pages, takes fountain pens.
NTB-PKT|Pocket notebook|stationery|Long Voyage|6.90|90|book|0|plain lined dotted|Forty-eight pages for the back pocket, three in a band.
PEN-FOUN|Fountain pen|stationery|Brightwell|56.00|30|pen|225|ink cherry moss|Steel nib that starts at once and never scratches.
PEN-BALL|Brass ball pen|stationery|Brightwell|32.00|45|pen|44||Ages with the hand that holds it.
PCL-SET|Pencil tin|stationery|Long Voyage|18.00|140|pen|28||Twelve of cedar, from 4H to 6B.
INK-BOT|Bottled ink|stationery|Long Voyage|13.00|190|jar|235|ink cherry moss|Fifty millilitres that dry before the left hand gets there.
ENV-SET|Letter set|stationery|Old Ferry|21.00|330|book|52|sand sky|Thirty sheets, thirty lined envelopes, no excuse.
TNT-TWO|Tent for two|outdoors|Harbour & Pine|289.00|2400|tent|100|moss clay|Pitches in four minutes, in the dark, in the rain.
SLB-DOWN|Down sleeping bag|outdoors|Harbour & Pine|219.00|980|folded|18|cherry ink/m l|Warm to minus five, packs to a loaf of bread.
BOT-STEEL|Steel bottle|outdoors|Harbour & Pine|28.00|310|bottle|195|sky moss slate/300ml 500ml 1l|One wall, no paint inside, fits every rack.
BOT-FLSK|Vacuum flask|outdoors|Brightwell|44.00|560|bottle|130|moss ink/500ml 1l|Soup at noon that was poured at six.
STV-GAS|Camp stove|outdoors|Brightwell|62.00|340|pan|5||Folds to a fist, boils half a litre in three minutes.
HMK-ROPE|Rope hammock|outdoors|Old Ferry|74.00|1900|hammock|60|sand sky|Cotton rope, ash spreaders, room for one and a half.
LAN-CAMP|Camp lantern|outdoors|Brightwell|39.00|430|lantern|48|sand moss|Warm light for sixty hours; hooks on, stands up, lies down.
"""


def _read(row: str) -> Goods:
    code, name, shelf, brand, eur, weight, shape, hue, axes, description = row.split("|")
    return Goods(code, name, shelf, brand, Decimal(eur), int(weight), shape, int(hue), axes, description)


GOODS = tuple(_read(row) for row in _ROWS.strip().splitlines())
