package matcher

import "fmt"

// CheckRules says whether rules and barriers-v1.json name the same codes.
func CheckRules() error {
	for code := range barrierByCode() {
		if _, ok := rules[code]; !ok {
			return fmt.Errorf("barrier %s has no rule", code)
		}
	}
	for code := range rules {
		if _, ok := barrierByCode()[code]; !ok {
			return fmt.Errorf("rule %s has no barrier", code)
		}
	}
	return nil
}
