package kindinkaart

import (
	"cmp"
	"encoding/json"
	"slices"

	"wijknetwerk/kindinkaart/questionnaire"
)

// Count is a number of children outside the case team; Hidden means fewer than the minimum (and not zero).
type Count struct {
	Label  string
	N      int // 0 when Hidden
	Hidden bool
}

// Overview is what may be said about a group of profiles (DOMAIN 7.6).
type Overview struct {
	Total Count
	First []Count // first choices, with small cells together in one rest row
	Liked []Count // W1 leuk per picture, from the minimum up
}

// The rows that are no choice.
const (
	labelTotal = "klaar"
	labelRest  = "andere keuze of geen keuze samen"
)

// noChoice stands for children without a first choice; they are only ever part of the rest.
const noChoice = ""

// OverviewOf counts the finished answers of a group (DOMAIN 7.6, P2). Nothing under min children is told and nothing that
// is not told can be computed from what is. Labels are option ids of the questionnaire. It is pure; min is at least 1.
func OverviewOf(answers []questionnaire.Answers, min int) Overview {
	o := Overview{Total: Hide(labelTotal, len(answers), min)}
	if o.Total.Hidden || o.Total.N == 0 {
		return o
	}
	first, liked := map[string]int{}, map[string]int{}
	for _, a := range answers {
		first[firstChoice(a)]++
		for _, picture := range likedPictures(a) {
			liked[picture]++
		}
	}
	o.First = Together(first, labelRest, min)
	o.Liked = Apart(liked, len(answers), min)
	return o
}

// Apart gives counts that overlap, out of the same group of all children: each of at least min that also leaves nobody or
// at least min over, most first, so that none tells about the few who are not in it (DOMAIN 7.6).
func Apart(counts map[string]int, all, min int) (shown []Count) {
	for label, n := range counts {
		if rest := all - n; n >= min && (rest == 0 || rest >= min) {
			shown = append(shown, Count{Label: label, N: n})
		}
	}
	slices.SortFunc(shown, byCount)
	return shown
}

// Together gives counts for outside the case team: what has at least min children by itself, most first, and all others in
// one rest row (DOMAIN 7.6). The rest holds at least min children too; when the small ones are fewer, or all as large as
// small can be, the smallest shown rows go in with them, so that no hidden number follows from the total and the others.
// Fewer than min in all gives no rows.
func Together(counts map[string]int, rest string, min int) []Count {
	var shown []Count
	small, cells := 0, 0
	for label, n := range counts {
		switch {
		case n <= 0:
		case n >= min && label != noChoice:
			shown = append(shown, Count{Label: label, N: n})
		default:
			small, cells = small+n, cells+1
		}
	}
	slices.SortFunc(shown, byCount)
	for cells > 0 && (small < min || small == cells*(min-1)) && len(shown) > 0 {
		for least := shown[len(shown)-1].N; len(shown) > 0 && shown[len(shown)-1].N == least; {
			small, cells, shown = small+least, cells+1, shown[:len(shown)-1]
		}
	}
	if small >= min {
		shown = append(shown, Count{Label: rest, N: small})
	}
	return shown
}

// Hide gives a single count, hidden when it is small.
func Hide(label string, n, min int) Count {
	if n > 0 && n < min {
		return Count{Label: label, Hidden: true}
	}
	return Count{Label: label, N: n}
}

// byCount puts the most first, equal ones by label.
func byCount(x, y Count) int { return cmp.Or(cmp.Compare(y.N, x.N), cmp.Compare(x.Label, y.Label)) }

// firstChoice is the first of the top 3 (W2).
func firstChoice(a questionnaire.Answers) string {
	var top []string
	if json.Unmarshal(a["W2"], &top) != nil || len(top) == 0 {
		return noChoice
	}
	return top[0]
}

// likedPictures are the pictures called leuk (W1).
func likedPictures(a questionnaire.Answers) (out []string) {
	var grid map[string]string
	if json.Unmarshal(a["W1"], &grid) != nil {
		return nil
	}
	for picture, value := range grid {
		if value == "leuk" {
			out = append(out, picture)
		}
	}
	return out
}
