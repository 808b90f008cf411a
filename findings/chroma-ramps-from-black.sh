#!/usr/bin/env bash
# chroma-js 3.2.0, culori 4.0.2 and colorjs.io 0.7.1, a ramp of five shades from black to one of PICO-8's colours in LCh and OKLCh, which
# is what these spaces are for. Black has no hue, so the other end's is taken; chroma-js takes the other end's chroma as well. The dark shades then
# have more of it than a screen can show and are cut channel by channel: on black follows #7c0000 instead of #3e1518, and from
# black to red the lightness goes 0, 25, 35, 45, 55 instead of 0, 14, 27, 41, 55: the first step is two and a half times
# the others. The hue goes too: the shade of the sky blue next to black is #000150, a pure blue, the yellow's is a brown (#301700). culori and
# colorjs.io agree with each other to a level. In lab and oklab, and from white instead of black, chroma-js is as even as they are, so a
# test with those shows nothing. Nothing warns. Safe: mode "oklab" for every ramp that touches black.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes >/dev/null
npm install --silent --no-audit --no-fund chroma-js@3.2.0 culori@4.0.2 colorjs.io@0.7.1 >/dev/null
cat > seen.mjs <<'NODE'
import chroma from 'chroma-js'
import Color from 'colorjs.io'
import { formatHex, interpolate, lab, samples } from 'culori'

const told = (name, colors) => {
  const lightness = colors.map((color) => Math.round(lab(color).l))
  console.log(`${name} | ${colors.join(' ')} | lightness ${lightness.join(' ')}`)
}
const ways = {
  'chroma-js': (a, b, mode) => chroma.scale([a, b]).mode(mode).colors(5),
  culori: (a, b, mode) => samples(5).map(interpolate([a, b], mode)).map(formatHex),
  'colorjs.io': (a, b, space) => {
    const range = new Color(a).range(new Color(b), { space, outputSpace: 'srgb' })
    return samples(5).map((t) => range(t).toString({ format: 'hex', collapse: false }))
  },
}
const ends = [['#000000', '#ff004d', 'lch'], ['#000000', '#ff004d', 'oklch'], ['#000000', '#29adff', 'oklch'], ['#000000', '#ffec27', 'oklch'],
  ['#000000', '#ff004d', 'oklab'], ['#ffffff', '#ff004d', 'oklch']]
for (const [a, b, mode] of ends) for (const [name, way] of Object.entries(ways)) told(`${a} to ${b} in ${mode} | ${name}`, way(a, b, mode))
NODE
seen=$(node seen.mjs)
echo "$seen"
wanted='#000000 to #ff004d in lch | chroma-js | #000000 #7c0000 #a70015 #d3002f #ff004d | lightness 0 25 35 45 55
#000000 to #ff004d in lch | culori | #000000 #3e1518 #791c28 #ba1a3a #ff004d | lightness 0 14 27 41 55
#000000 to #ff004d in lch | colorjs.io | #000000 #3e1518 #791c28 #ba1a3a #ff004d | lightness 0 14 27 41 55
#000000 to #ff004d in oklch | chroma-js | #000000 #4d0000 #880000 #c3001e #ff004d | lightness 0 14 28 42 55
#000000 to #ff004d in oklch | culori | #000000 #220004 #630018 #ae0032 #ff004d | lightness 0 3 19 37 55
#000000 to #ff004d in oklch | colorjs.io | #000000 #220004 #630018 #ae0032 #ff004d | lightness 0 3 19 37 55
#000000 to #29adff in oklch | chroma-js | #000000 #000150 #003e88 #0074c2 #29adff | lightness 0 5 27 47 67
#000000 to #29adff in oklch | culori | #000000 #011322 #094163 #1875ae #29adff | lightness 0 5 26 46 67
#000000 to #29adff in oklch | colorjs.io | #000000 #011322 #094163 #1875ae #29adff | lightness 0 5 26 46 67
#000000 to #ffec27 in oklch | chroma-js | #000000 #301700 #6f5900 #b4a000 #ffec27 | lightness 0 11 39 66 93
#000000 to #ffec27 in oklch | culori | #000000 #221e01 #635b08 #aea017 #ffec27 | lightness 0 11 38 65 93
#000000 to #ffec27 in oklch | colorjs.io | #000000 #221e01 #635b08 #aea017 #ffec27 | lightness 0 11 38 65 93
#000000 to #ff004d in oklab | chroma-js | #000000 #220004 #630018 #ae0032 #ff004d | lightness 0 3 19 37 55
#000000 to #ff004d in oklab | culori | #000000 #220004 #630018 #ae0032 #ff004d | lightness 0 3 19 37 55
#000000 to #ff004d in oklab | colorjs.io | #000000 #220004 #630018 #ae0032 #ff004d | lightness 0 3 19 37 55
#ffffff to #ff004d in oklch | chroma-js | #ffffff #ffd1d1 #ffa0a5 #ff6a79 #ff004d | lightness 100 88 76 65 55
#ffffff to #ff004d in oklch | culori | #ffffff #ffd1d1 #ffa0a5 #ff6a79 #ff004d | lightness 100 88 76 65 55
#ffffff to #ff004d in oklch | colorjs.io | #ffffff #ffd1d1 #ffa0a5 #ff6a79 #ff004d | lightness 100 88 76 65 55'
[ "$seen" = "$wanted" ] || { echo "this has changed"; exit 1; }
