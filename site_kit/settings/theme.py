"""The colours of the back offices: one scale, a hue per site."""

# Hue in degrees and strength of each named colour (OKLCH: lightness is perceived lightness, so every site has
# the same contrast in every place).
COLOURS: dict[str, tuple[float, float]] = {
    "rose": (12, 0.19),
    "orange": (48, 0.15),
    "amber": (75, 0.13),
    "emerald": (160, 0.13),
    "teal": (190, 0.10),
    "sky": (235, 0.13),
    "indigo": (275, 0.18),
    "violet": (300, 0.19),
}
# weight: lightness, share of the colour's strength
SCALE: dict[str, tuple[float, float]] = {
    "50": (0.98, 0.10),
    "100": (0.95, 0.20),
    "200": (0.90, 0.38),
    "300": (0.83, 0.62),
    "400": (0.78, 0.85),
    "500": (0.70, 1.00),
    "600": (0.50, 1.00),
    "700": (0.44, 0.92),
    "800": (0.38, 0.80),
    "900": (0.32, 0.65),
    "950": (0.24, 0.50),
}


def palette(colour: str) -> dict[str, dict[str, str]]:
    """Unfold's COLORS for a site colour. Raises `KeyError` naming the colours there are."""
    if colour not in COLOURS:
        raise KeyError(f"no colour {colour!r}; there are {', '.join(COLOURS)}")
    hue, strength = COLOURS[colour]
    return {
        "primary": {
            weight: f"oklch({lightness:.0%} {strength * share:.3f} {hue})"
            for weight, (lightness, share) in SCALE.items()
        },
        "font": {
            "subtle-light": "var(--color-base-600)",
            "subtle-dark": "var(--color-base-300)",
            "default-light": "var(--color-base-700)",
            "default-dark": "var(--color-base-200)",
            "important-light": "var(--color-base-900)",
            "important-dark": "var(--color-base-100)",
        },
    }
