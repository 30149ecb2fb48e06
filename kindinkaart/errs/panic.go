package errs

import (
	"fmt"
	"runtime/debug"
)

// panicked is what a panic became.
type panicked struct{ thrown, stack string }

// Error gives the type of what was thrown and where, for the operator.
func (p *panicked) Error() string { return "panic of type " + p.thrown + "\n" + p.stack }

// Survive runs f. A panic in f becomes an error of kind Internal with the type of what was thrown and the stack, never its text:
// that may hold what a person typed. It belongs around every request and in every goroutine beside them, since a panic that
// nobody catches ends the program. An error of Survive that is thrown again stays the same error.
func Survive(f func() error) (err error) {
	defer func() {
		switch p := recover().(type) {
		case nil:
		case *panicked:
			err = p
		default:
			err = &panicked{fmt.Sprintf("%T", p), string(debug.Stack())}
		}
	}()
	return f()
}
