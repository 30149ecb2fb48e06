package matcher

// HasHelpWords says whether a remedy can be named as something that would help.
func HasHelpWords(remedy string) bool {
	_, ok := remedyWords[remedy]
	return ok
}
