#!/usr/bin/env bash
# Two encoders of GIF in JavaScript, given a sprite with fewer colours than a GIF holds. gif-encoder-2 1.0.5
# (NeuQuant, what it does unasked): of the Game Boy's four greens two come back one level off, so the file no
# longer agrees with its palette; its octree keeps them. gifenc 1.0.3 (rgb565, what it does unasked): a ramp of
# seven shades, 256 entries asked for, comes back as six, two neighbours mixed into a colour that nobody drew;
# the Game Boy's four it keeps. Near shades of a ramp are what small sprites are made of.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes >/dev/null
npm install --silent --no-audit --no-fund gif-encoder-2@1.0.5 gifenc@1.0.3 omggif@1.0.10 >/dev/null
cat > seen.mjs <<'NODE'
import GIFEncoder from 'gif-encoder-2'
import gifenc from 'gifenc'
import { GifReader } from 'omggif'

const side = 16
const boy = [[15, 56, 15], [48, 98, 48], [139, 172, 15], [155, 188, 15]]
const ramp = [...Array(7).keys()].map((step) => [40 + 6 * step, 60 + 5 * step, 90 + 4 * step])
const picture = (colors) => {
  const rgba = new Uint8ClampedArray(side * side * 4)
  for (let n = 0; n < side * side; n++) rgba.set([...colors[n % colors.length], 255], 4 * n)
  return rgba
}
const known = (found, colors) => {
  const names = new Set(found.map((color) => [...color].slice(0, 3).join()))
  return `${names.size} colours, ${colors.filter((color) => names.has(color.join())).length} of ${colors.length} true`
}
const written = (colors, method) => {
  const encoder = new GIFEncoder(side, side, method)
  encoder.start()
  encoder.addFrame(picture(colors))
  encoder.finish()
  const rgba = new Uint8Array(side * side * 4)
  new GifReader(encoder.out.getData()).decodeAndBlitFrameRGBA(0, rgba)
  return known([...Array(side * side).keys()].map((n) => rgba.subarray(4 * n, 4 * n + 3)), colors)
}
for (const [name, colors] of [['four greens', boy], ['ramp of seven', ramp]]) {
  console.log(name, 'gif-encoder-2 neuquant:', written(colors, 'neuquant'))
  console.log(name, 'gif-encoder-2 octree:', written(colors, 'octree'))
  const palette = gifenc.quantize(new Uint8Array(picture(colors).buffer), 256)
  console.log(name, 'gifenc:', known(palette, colors))
}
NODE
seen=$(node seen.mjs)
echo "$seen"
expected="four greens gif-encoder-2 neuquant: 4 colours, 2 of 4 true
four greens gif-encoder-2 octree: 4 colours, 4 of 4 true
four greens gifenc: 4 colours, 4 of 4 true
ramp of seven gif-encoder-2 neuquant: 7 colours, 7 of 7 true
ramp of seven gif-encoder-2 octree: 7 colours, 7 of 7 true
ramp of seven gifenc: 6 colours, 5 of 7 true"
[ "$seen" = "$expected" ] || { echo "this has changed"; exit 1; }
