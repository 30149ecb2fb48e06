package questionnaire

// scan walks through JSON that is written plainly. bad turns true, and stays so, at the first thing that is not plain;
// what it gave before then does not count.
type scan struct {
	data []byte
	at   int
	bad  bool
}

// peek gives the next sign that is no white space, 0 at the end.
func (s *scan) peek() byte {
	for ; s.at < len(s.data); s.at++ {
		switch c := s.data[s.at]; c {
		case ' ', '\t', '\n', '\r':
		default:
			return c
		}
	}
	return 0
}

// take steps over a sign that must be there.
func (s *scan) take(c byte) bool {
	if s.at < len(s.data) && s.data[s.at] == c && !s.bad {
		s.at++
		return true
	}
	return s.takeNext(c)
}

// takeNext does the same when white space may stand before it.
func (s *scan) takeNext(c byte) bool {
	if s.bad || s.peek() != c {
		s.bad = true
		return false
	}
	s.at++
	return true
}

// open begins a list or an object; false when nothing is in it.
func (s *scan) open(c byte) bool {
	const afterOpening = 2 // '[' and ']', '{' and '}' stand two apart
	if !s.take(c) {
		return false
	}
	if s.peek() == c+afterOpening {
		s.at++
		return false
	}
	return true
}

// more goes on after a comma; false after the closing sign.
func (s *scan) more(closing byte) bool {
	if s.bad || s.at < len(s.data) && s.data[s.at] == ',' || s.peek() == ',' {
		s.at++
		return !s.bad
	}
	s.take(closing)
	return false
}

// text gives what stands between two quotes as it is written. Only a word of our own lists may be taken from it: those
// have no quotes, escapes or special signs, so what equals one of them means it.
func (s *scan) text() []byte {
	if !s.take('"') {
		return nil
	}
	rest := s.data[s.at:]
	for n, c := range rest {
		if c == '"' {
			s.at += n + 1
			return rest[:n]
		}
	}
	s.bad = true
	return nil
}

// plain gives a string of ordinary ASCII signs, whatever it says.
func (s *scan) plain() []byte {
	text := s.text()
	for _, c := range text {
		if c < ' ' || c > '~' || c == '\\' {
			s.bad = true
		}
	}
	return text
}

// textOrDigit lets 3 stand for "3".
func (s *scan) textOrDigit() []byte {
	if c := s.peek(); c < '0' || c > '9' {
		return s.text()
	}
	s.at++
	return s.data[s.at-1 : s.at]
}

// key gives the name of a field and steps over the colon.
func (s *scan) key() []byte {
	name := s.text()
	s.take(':')
	return name
}

// number gives a whole number from 1 to 9999; 0 for anything else.
func (s *scan) number() (n int) {
	const most = 4
	c := s.peek()
	for digits := 0; c >= '0' && c <= '9' && digits < most && (n > 0 || c > '0'); digits++ {
		n, s.at, c = 10*n+int(c-'0'), s.at+1, 0
		if s.at < len(s.data) {
			c = s.data[s.at]
		}
	}
	return n
}

// end says whether everything was read.
func (s *scan) end() bool { return !s.bad && s.peek() == 0 && s.at == len(s.data) }
