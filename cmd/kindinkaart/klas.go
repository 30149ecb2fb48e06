package main

import "wijknetwerk/matcher"

// klasDesk finds out what the children of a class would like.
func (a *app) klasDesk() *matcher.KlasDesk {
	return &matcher.KlasDesk{Needs: a.kind, Boards: a.matcher.Boards, Catalogue: a.store, Locate: a.locate}
}
