#!/usr/bin/env bash
# pixelmatch 8.0.0 (the usual comparison in tests of web pages and games) and looks-same 10.0.1, each as it comes, on two
# versions of one sprite of 16 x 16 in the Game Boy's greens. Both leave out pixels that they take for smoothing of edges, those whose
# brightness lies between their neighbours'. In pixel art that is shading, drawn by hand. A shade of ten pixels along the rim, two glints, two
# corners of a smile: pixelmatch counts 0. looks-same says "equal" to these, also where all 36 pixels of the outer outline have
# another green and where four corners are gone, and its strict: true says so too. The same pictures four times enlarged, which adds
# nothing, are different to both (160 of 160), so a test holds less the smaller the sprite is. But two of the four greens are one to
# pixelmatch at any size (threshold 0.1): a face whose 90 pixels all changed their shade counts 0. Safe: compare the bytes, or
# threshold: 0 with includeAA: true (pixelmatch), strict: true with ignoreAntialiasing: false (looks-same).
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes >/dev/null
npm install --silent --no-audit --no-fund pixelmatch@8.0.0 looks-same@10.0.1 pngjs@7.0.0 >/dev/null
cat > seen.mjs <<'NODE'
import pixelmatch from 'pixelmatch'
import looksSame from 'looks-same'
import { PNG } from 'pngjs'

// d, m, l, o: the four greens from dark to light
const greens = { d: [15, 56, 15, 255], m: [48, 98, 48, 255], l: [139, 172, 15, 255], o: [155, 188, 15, 255], '.': [0, 0, 0, 0] }
const face = [
  '................', '................', '.....dddddd.....', '...ddoooooodd...',
  '..dooooooooood..', '..dooooooooood..', '.doodoooodooood.', '.doodoooodooood.',
  '.dooooooooooood.', '.dooooooooooood.', '..doodoooodood..', '..doooddddoood..',
  '...ddoooooodd...', '.....dddddd.....', '................', '................',
]
const changed = (change) => face.map((row, y) => [...row].map((c, x) => change(c, x, y) ?? c).join(''))
const at = (x, y) => (face[y] && face[y][x]) || '.'
const outer = (c, x, y) => c === 'd' && [at(x + 1, y), at(x - 1, y), at(x, y + 1), at(x, y - 1)].includes('.')
const versions = {
  'a shade along the right rim': changed((c, x, y) => (c === 'o' && x > 9 && at(x + 1, y) === 'd' ? 'm' : null)),
  'two glints': changed((c, x, y) => (y === 3 && (x === 5 || x === 7) ? 'm' : null)),
  'two corners of the smile': changed((c, x, y) => (y === 10 && (x === 5 || x === 10) ? 'm' : null)),
  'the outer outline in another green': changed((c, x, y) => (outer(c, x, y) ? 'm' : null)),
  'four corners gone': changed((c, x, y) => ((y === 2 || y === 13) && outer(c, x, y) && (at(x - 1, y) === '.' || at(x + 1, y) === '.') ? '.' : null)),
  'the face in the other light green': changed((c) => (c === 'o' ? 'l' : null)),
}
const enlarged = (rows, times) => rows.flatMap((row) => Array(times).fill([...row].map((c) => c.repeat(times)).join('')))
const pixels = (rows) => Buffer.from(rows.flatMap((row) => [...row].flatMap((c) => greens[c])))
const png = (rows) => {
  const held = new PNG({ width: rows[0].length, height: rows.length })
  held.data = pixels(rows)
  return PNG.sync.write(held)
}
for (const [name, rows] of Object.entries(versions)) {
  const count = [...rows.join('')].filter((c, n) => c !== face.join('')[n]).length
  for (const times of [1, 4]) {
    const [a, b] = [face, rows].map((one) => enlarged(one, times))
    const loose = pixelmatch(pixels(a), pixels(b), null, 16 * times, 16 * times)
    const exact = pixelmatch(pixels(a), pixels(b), null, 16 * times, 16 * times, { threshold: 0, includeAA: true })
    const words = []
    for (const told of [{}, { strict: true }, { strict: true, ignoreAntialiasing: false }]) {
      words.push((await looksSame(png(a), png(b), told)).equal ? 'equal' : 'different')
    }
    console.log(`${name} x${times} | changed ${count * times * times} | pixelmatch ${loose}, exact ${exact} | looks-same ${words[0]}, strict ${words[1]}, exact ${words[2]}`)
  }
}
NODE
seen=$(node seen.mjs)
echo "$seen"
wanted='a shade along the right rim x1 | changed 10 | pixelmatch 0, exact 10 | looks-same equal, strict equal, exact different
a shade along the right rim x4 | changed 160 | pixelmatch 160, exact 160 | looks-same different, strict different, exact different
two glints x1 | changed 2 | pixelmatch 0, exact 2 | looks-same equal, strict equal, exact different
two glints x4 | changed 32 | pixelmatch 32, exact 32 | looks-same different, strict different, exact different
two corners of the smile x1 | changed 2 | pixelmatch 0, exact 2 | looks-same equal, strict equal, exact different
two corners of the smile x4 | changed 32 | pixelmatch 32, exact 32 | looks-same different, strict different, exact different
the outer outline in another green x1 | changed 36 | pixelmatch 36, exact 36 | looks-same equal, strict equal, exact different
the outer outline in another green x4 | changed 576 | pixelmatch 576, exact 576 | looks-same different, strict different, exact different
four corners gone x1 | changed 4 | pixelmatch 4, exact 4 | looks-same equal, strict equal, exact different
four corners gone x4 | changed 64 | pixelmatch 55, exact 64 | looks-same different, strict different, exact different
the face in the other light green x1 | changed 90 | pixelmatch 0, exact 90 | looks-same different, strict different, exact different
the face in the other light green x4 | changed 1440 | pixelmatch 0, exact 1440 | looks-same different, strict different, exact different'
[ "$seen" = "$wanted" ] || { echo "this has changed"; exit 1; }
