package matcher

import "wijknetwerk/kindinkaart/regeling"

// facts are the small facts of an offer in one number.
type facts uint64

// Where each begins. Three-valued facts take two bits.
const (
	atAudience     = 0  // 3 bits
	atAgeOn        = 3  // 2
	atDomain       = 5  // 4, place in domains
	atSetting      = 9  // 3, place in settings
	atIntensity    = 12 // 3
	atGroupSize    = 15 // 3
	atSwimMin      = 18 // 2, place in diplomas
	atSafety       = 20 // 2
	flagMixed      = 22 // for girls and boys
	flagCommunity  = 23 // at a community centre
	flagEasySignUp = 24 // by telephone or at the desk, without DigiD
	flagCostsSaid  = 25
	flagNeedsKit   = 26
	atFreeLessons  = 27 // 8
	atAnswers      = 35 // two bits each
)

// The three-valued facts, in the order in which they are packed.
const (
	factInterpreter = iota
	factAtSchool
	factLendsKit
	factStepFree
	factLowStimulus
	factExtraSupport
	factSiblings
	factChildcare
	factAbsenceOK
	factInstalments
	factRecognised // the provider, by the funds
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

func (f *facts) set(at int, value int)       { *f |= facts(value) << at }
func (f *facts) answer(which int, to answer) { f.set(atAnswers+2*which, int(to)) }
func (f *facts) flag(at int, on bool)        { f.set(at, btoi(on)) }

func (f facts) is(flag int) bool            { return f>>flag&1 == 1 }
func (f facts) says(which int) answer       { return answer(f >> (atAnswers + 2*which) & 3) }
func (f facts) audience() audience          { return audience(f >> atAudience & 7) }
func (f facts) ageOn() ageOn                { return ageOn(f >> atAgeOn & 3) }
func (f facts) safety() safety              { return safety(f >> atSafety & 3) }
func (f facts) domain() string              { return domains[f>>atDomain&15] }
func (f facts) category() regeling.Category { return categories[f>>atDomain&15] }
func (f facts) swimMin() int                { return int(f >> atSwimMin & 3) }
func (f facts) freeLessons() int            { return int(f >> atFreeLessons & 255) }
