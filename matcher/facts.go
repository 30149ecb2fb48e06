package matcher

import "wijknetwerk/kindinkaart/regeling"

// facts are the small facts of an offer in one number.
type facts uint64

// Where each begins. Three-valued facts take two bits. What barriers and wishes look at comes first, in groups of six bits:
// what is looked at together stands in one group, so that a glance looks up groups and no facts (hopes.told).
const (
	atSetting   = 0 // 3 bits, place in settings
	atIntensity = 3 // 3

	atGroupSize   = 6 // 3
	atSafety      = 9 // 2
	flagCostsSaid = 11

	factLendsKit   = 12
	flagNeedsKit   = 14
	flagEasySignUp = 15 // by telephone or at the desk, without DigiD
	flagMixed      = 16 // for girls and boys
	flagCommunity  = 17 // at a community centre

	factSiblings  = 18
	factChildcare = 20
	factAtSchool  = 22

	factStepFree     = 24
	factLowStimulus  = 26
	factExtraSupport = 28

	factAbsenceOK   = 30
	factInterpreter = 32
	factInstalments = 34

	factRecognised = 36 // the provider, by the funds
	atAudience     = 38 // 3
	atAgeOn        = 41 // 2
	atDomain       = 43 // 4, place in domains
	atSwimMin      = 47 // 2, place in diplomas
	atFreeLessons  = 49 // 8
)

// A group of facts.
const (
	groupBits  = 6
	factGroups = 6
)

// The values a text fact can have; what is not among them counts as not said.
var (
	domains     = []string{"", "sport", "cultuur", "zwemles", "natuur", "techniek", "sociaal", "zorg", "cjg"}
	settings    = []string{"", "indoor", "outdoor", "either"}
	intensities = []string{"", "active", "calm", "either"}
	groupSizes  = []string{"", "alone", "pair", "small", "team"}
)

// categories are the domains as the funding rules know them.
var categories = func() (list []regeling.Category) {
	for _, d := range domains {
		list = append(list, regeling.CategoryOf(d))
	}
	return list
}()

// place gives where a word stands in a list; 0 when it is not there.
func place(words []string, w string) int {
	for i, known := range words {
		if known == w {
			return i
		}
	}
	return 0
}

func (f *facts) set(at int, value int) { *f |= facts(value) << at }
func (f *facts) flag(at int, on bool)  { f.set(at, btoi(on)) }

func (f facts) is(flag int) bool            { return f>>flag&1 == 1 }
func (f facts) says(which int) answer       { return answer(f >> which & 3) }
func (f facts) audience() audience          { return audience(f >> atAudience & 7) }
func (f facts) ageOn() ageOn                { return ageOn(f >> atAgeOn & 3) }
func (f facts) safety() safety              { return safety(f >> atSafety & 3) }
func (f facts) domain() string              { return domains[f>>atDomain&15] }
func (f facts) category() regeling.Category { return categories[f>>atDomain&15] }
func (f facts) swimMin() int                { return int(f >> atSwimMin & 3) }
func (f facts) freeLessons() int            { return int(f >> atFreeLessons & 255) }
