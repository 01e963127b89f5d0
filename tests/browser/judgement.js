// Judges the page it runs in; answers lists of plain sentences, empty when nothing is wrong.
() => {
  const LEAST_CONTRAST = 4.5;
  const ICON_FONT = /material symbols|material icons/i;

  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = 1;
  const paper = canvas.getContext("2d", { willReadFrequently: true });
  const known = new Map();

  // Any CSS colour (oklch included) as [r, g, b, a] with a in 0..1.
  const rgba = (colour) => {
    if (!known.has(colour)) {
      paper.clearRect(0, 0, 1, 1);
      paper.fillStyle = colour;
      paper.fillRect(0, 0, 1, 1);
      const [r, g, b, a] = paper.getImageData(0, 0, 1, 1).data;
      known.set(colour, [r, g, b, a / 255]);
    }
    return known.get(colour);
  };
  const over = ([r, g, b, a], [R, G, B]) => [r * a + R * (1 - a), g * a + G * (1 - a), b * a + B * (1 - a), 1];
  const luminance = (colour) => {
    const [r, g, b] = colour.slice(0, 3).map((part) => {
      const c = part / 255;
      return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const contrast = (one, other) => {
    const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b);
    return (light + 0.05) / (dark + 0.05);
  };

  const ancestors = (element) => {
    const line = [];
    for (let at = element; at; at = at.parentElement) line.push(at);
    return line;
  };
  // What is painted behind an element; null when a picture or a gradient lies there.
  const background = (element) => {
    const layers = [];
    for (const at of ancestors(element)) {
      const style = getComputedStyle(at);
      if (style.backgroundImage !== "none") return null;
      const colour = rgba(style.backgroundColor);
      layers.push(colour);
      if (colour[3] === 1) break;
    }
    const canvasColour = matchMedia("(prefers-color-scheme: dark)").matches
      && getComputedStyle(document.documentElement).colorScheme.includes("dark") ? [18, 18, 18, 1] : [255, 255, 255, 1];
    return layers.reverse().reduce((below, layer) => over(layer, below), canvasColour);
  };
  const opacity = (element) => ancestors(element).reduce((whole, at) => whole * Number(getComputedStyle(at).opacity), 1);

  const shown = (element) => {
    if (!element.checkVisibility({ visibilityProperty: true, opacityProperty: true })) return false;
    const box = element.getBoundingClientRect();
    const style = getComputedStyle(element);
    return box.width > 2 && box.height > 2 && !/^rect\(0px,? 0px,? 0px,? 0px\)$/.test(style.clip);
  };
  const named = (element) => {
    const classes = typeof element.className === "string" ? element.className.trim().split(/\s+/).slice(0, 4).join(".") : "";
    return `<${element.tagName.toLowerCase()}${element.id ? "#" + element.id : ""}${classes ? "." + classes : ""}>`;
  };

  const faintness = (element, text) => {
    const style = getComputedStyle(element);
    const behind = background(element);
    if (behind === null) return null;
    const [r, g, b, a] = rgba(style.color);
    const ratio = contrast(over([r, g, b, a * opacity(element)], behind), behind);
    return ratio < LEAST_CONTRAST - 0.01
      ? `${named(element)} “${text.trim().slice(0, 40)}” has ${ratio.toFixed(2)} (${style.color})` : null;
  };

  const faint = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const text = walker.currentNode.textContent;
    const element = walker.currentNode.parentElement;
    if (!text.trim() || ["SCRIPT", "STYLE", "NOSCRIPT", "TEMPLATE", "OPTION"].includes(element.tagName)) continue;
    if (!shown(element) || element.closest(":disabled, [aria-disabled=true]")) continue;
    if (ICON_FONT.test(getComputedStyle(element).fontFamily)) continue;
    faint.push(faintness(element, text));
  }
  for (const control of document.querySelectorAll("input, select, textarea")) {
    const writes = !["hidden", "checkbox", "radio", "color", "range", "file", "image"].includes(control.type);
    if (writes && shown(control) && !control.disabled && control.value) faint.push(faintness(control, control.value));
  }

  const unlabelled = [...document.querySelectorAll("input, select, textarea")]
    .filter((control) => !["hidden", "submit", "button", "reset", "image"].includes(control.type) && shown(control))
    .filter((control) => {
      const labels = [...(control.labels ?? [])].map((label) => label.textContent.trim());
      const pointed = (control.getAttribute("aria-labelledby") ?? "").split(/\s+/).filter(Boolean)
        .map((id) => document.getElementById(id)?.textContent.trim());
      const said = [control.getAttribute("aria-label"), control.getAttribute("title"), ...labels, ...pointed];
      return !said.some((name) => name && name.trim());
    })
    .map((control) => `${named(control)} name=${control.name} has no label`);

  const width = document.documentElement.clientWidth;
  const sideways = document.documentElement.scrollWidth <= width ? [] : [
    `the page is ${document.documentElement.scrollWidth} px wide in ${width}`,
    ...[...document.body.querySelectorAll("*")]
      .filter((element) => shown(element) && element.getBoundingClientRect().right > width + 1)
      .slice(0, 5).map((element) => `${named(element)} ends at ${Math.round(element.getBoundingClientRect().right)}`),
  ];

  return { faint: [...new Set(faint.filter(Boolean))], unlabelled, sideways };
}
