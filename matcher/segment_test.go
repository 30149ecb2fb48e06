package matcher

import (
	"fmt"
	"math/bits"
	"testing"

	"pgregory.net/rapid"

	"wijknetwerk/geo"
)

func TestAnIDComesBackAsItWasAndIsFound(t *testing.T) {
	id := rapid.OneOf(
		rapid.StringMatching(`[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}`),
		rapid.StringMatching(`[0-9a-fA-F]{8}-[0-9a-g]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}`),
		rapid.StringMatching(`[A-Z][0-9]{0,3}`), rapid.StringN(0, 40, -1))
	rapid.Check(t, func(t *rapid.T) {
		ids := rapid.SliceOfNDistinct(id, 1, 20, rapid.ID[string]).Draw(t, "ids")
		p := newPacker(geo.Ways{})
		for _, id := range ids {
			p.add(&offer{id: id, row: row{first: -1}, price: &price{}, slots: []slot{{placeAt: -1, weekday: -1}}})
		}
		g := p.seal()
		for _, id := range ids {
			if i, ok := g.ids.find(id); !ok || g.ids.at(int(i)) != id {
				t.Fatalf("%q: found %v, as %q", id, ok, fmt.Sprint(g.ids.at(int(i))))
			}
		}
		if _, ok := g.ids.find("niet-daar"); ok {
			t.Fatal("found what is not there")
		}
	})
}

func TestFactsThatAreLookedAtTogetherStandInOneGroup(t *testing.T) {
	masks := map[string]facts{"safety": 3 << atSafety, "costs": 1 << flagCostsSaid, "steps": answers(factStepFree, no) | isYes(factStepFree),
		"support": isYes(factExtraSupport), "stimuli": isYes(factLowStimulus)}
	for code, t := range namedTells {
		masks[code] = t.mask
	}
	for i, m := range manners {
		masks[fmt.Sprint("manner ", i)] = 7 << m.at
	}
	for name, mask := range masks {
		group := bits.TrailingZeros64(uint64(mask)) / groupBits
		if group >= factGroups || mask>>(group*groupBits)>>groupBits != 0 {
			t.Errorf("%s: the facts %b are not in one group", name, mask)
		}
	}
}
