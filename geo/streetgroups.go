package geo

// groups lists numbers by corner: those of corner i are items[first[i]:first[i+1]], in the order in which they were given.
type groups[T any] struct {
	first []uint32
	items []T
}

// group makes groups of what each gives; each is called twice and must give the same both times.
func group[T any](count int, each func(give func(at uint32, item T))) groups[T] {
	first := make([]uint32, count+2)
	each(func(at uint32, _ T) { first[at+2]++ })
	for i := 2; i < len(first); i++ {
		first[i] += first[i-1]
	}
	items := make([]T, first[count+1])
	each(func(at uint32, item T) {
		items[first[at+1]] = item
		first[at+1]++
	})
	return groups[T]{first: first[:count+1], items: items}
}

// at gives the items of one group.
func (g groups[T]) at(i uint32) []T { return g.items[g.first[i]:g.first[i+1]] }
