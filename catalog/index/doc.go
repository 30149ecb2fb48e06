// Package index searches the catalogue. It keeps one bleve index per tenant that follows the catalogue's change log and
// may be thrown away at any time: it rebuilds itself from the store. It holds the catalogue only, never anything about a
// child.
//
// Words are cut up here (dutch.go, stem.go) and not by bleve's own Dutch analyser, which found 23 % of what people expect.
// Relevance is a sum of named points (score.go), so that a result can be explained and is the same on every node.
package index
