package web

import (
	"context"

	"wijknetwerk/kindinkaart/access"
	"wijknetwerk/matcher"
)

// fakeKind keeps a small caseload in memory. Methods that no test uses yet are those of the nil Kind inside: they panic.
type fakeKind struct {
	Kind
}

func newKind() *fakeKind { return &fakeKind{} }

type fakeCatalog struct{ Catalog }

func newCatalog() *fakeCatalog { return &fakeCatalog{} }

type fakeMatcher struct{}

func (fakeMatcher) Match(context.Context, access.Actor, string, matcher.Options) (matcher.Result, error) {
	return matcher.Result{}, nil
}
