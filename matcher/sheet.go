package matcher

import (
	"strconv"
	"strings"

	"github.com/golang-sql/civil"

	"wijknetwerk/kindinkaart/regeling"
)

// sheet is the memory that the lines of one result are written in: texts behind each other and long lists of which each
// line has a stretch, so that a result takes few pieces of it. What was written never moves or changes: a piece that is
// full is left to the lines that are in it. The zero sheet is empty.
type sheet struct {
	text     strings.Builder
	parts    pieces[Part]
	reasons  pieces[string]
	tasks    pieces[Task]
	blockers pieces[Blocker]
	schemes  pieces[Scheme]

	cost    regeling.Cost // of the line at hand, with the schemes that pay
	choices [4]Remedy     // room for those of one finding
	liked   [8]string     // by the manners that are as the child likes it
}

// sheetText is how many bytes of text are begun at once: those of some ten lines.
const sheetText = 2048

// say writes a text out of its parts.
func (s *sheet) say(parts ...string) string {
	n := 0
	for _, p := range parts {
		n += len(p)
	}
	from := s.room(n)
	for _, p := range parts {
		s.text.WriteString(p)
	}
	return s.text.String()[from:]
}

// room makes sure that n bytes can be written without moving what is there, and gives where they begin.
func (s *sheet) room(n int) int {
	if s.text.Cap()-s.text.Len() < n {
		s.text.Reset()
		s.text.Grow(max(n, sheetText))
	}
	return s.text.Len()
}

func (s *sheet) write(text []byte) string {
	from := s.room(len(text))
	s.text.Write(text)
	return s.text.String()[from:]
}

// number writes a whole number.
func (s *sheet) number(n int) string {
	var digits [20]byte
	return s.write(strconv.AppendInt(digits[:0], int64(n), 10))
}

// euro writes an amount in cents the Dutch way: € 15,00, "gratis" for 0.
func (s *sheet) euro(cents int) string {
	if cents == 0 {
		return "gratis"
	}
	return s.amount(cents)
}

// amount writes an amount where 0 is a price and not "gratis": a fund still has to say yes.
func (s *sheet) amount(cents int) string {
	var text [32]byte
	out := strconv.AppendInt(append(text[:0], "€ "...), int64(cents/100), 10)
	return s.write(append(out, ',', byte('0'+cents%100/10), byte('0'+cents%10)))
}

var months = []string{"", "januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september", "oktober", "november", "december"}

func (s *sheet) date(d civil.Date) string {
	return s.say(s.number(d.Day), " ", months[d.Month], " ", s.number(d.Year))
}

// ages writes an age range: "8 t/m 12 jaar", "vanaf 6 jaar", "tot en met 12 jaar", "alle leeftijden". -1 is no limit.
func (s *sheet) ages(lo, hi int) string {
	switch {
	case lo < 0 && hi < 0:
		return "alle leeftijden"
	case hi < 0:
		return s.say("vanaf ", s.number(lo), " jaar")
	case lo < 0:
		return s.say("tot en met ", s.number(hi), " jaar")
	case lo == hi:
		return s.say(s.number(lo), " jaar")
	}
	return s.say(s.number(lo), " t/m ", s.number(hi), " jaar")
}

// pieces are lists of which each line gets a stretch.
type pieces[T any] struct {
	list []T
	from int // where the stretch of the line at hand begins
}

// pieceLen is how many places are made at once: those of some eight lines.
const pieceLen = 32

// more adds n places to the stretch at hand, to be filled in.
func (p *pieces[T]) more(n int) []T {
	from := len(p.list)
	if cap(p.list)-from < n {
		begun := p.list[p.from:]
		p.list, p.from = append(make([]T, 0, max(pieceLen, len(begun)+n)), begun...), 0
		from = len(begun)
	}
	p.list = p.list[:from+n]
	return p.list[from:]
}

// keep gives a line a list of its own.
func (p *pieces[T]) keep(list []T) []T {
	copy(p.more(len(list)), list)
	return p.cut()
}

// cut gives the stretch at hand to its line.
func (p *pieces[T]) cut() []T {
	if p.from == len(p.list) {
		return []T{}
	}
	stretch := p.list[p.from:len(p.list):len(p.list)]
	p.from = len(p.list)
	return stretch
}
