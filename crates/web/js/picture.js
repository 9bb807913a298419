// Makes pictures of pixels, which only a browser can draw, and has them saved.

/** Pixels for each of the drawing's, for screens that have as many. */
const SCALE = 2;
/** The most pixels a canvas may have everywhere: Safari on phones draws nothing beyond. */
const MOST_PIXELS = 16_000_000;
/** The longest side that every browser draws. */
const LONGEST = 8_192;
/** Milliseconds after which every browser has begun to save a file. */
const SAVING = 60_000;

/** Draws SVG and has the browser save it as a PNG of this name; fails where it cannot be drawn. */
export async function savePicture(name, svg) {
  const image = new Image();
  const drawn = new Promise((resolve, reject) => {
    image.onload = resolve;
    image.onerror = reject;
  });
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
  await drawn;
  const { naturalWidth: width, naturalHeight: height } = image;
  const fits = Math.min(Math.sqrt(MOST_PIXELS / (width * height)), LONGEST / Math.max(width, height));
  const scale = Math.min(SCALE, fits);
  const canvas = document.createElement("canvas");
  canvas.width = Math.floor(width * scale);
  canvas.height = Math.floor(height * scale);
  canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
  const blob = await new Promise((resolve) => { canvas.toBlob(resolve, "image/png"); });
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), SAVING);
}
