package traject

// Stage is one step of the way (trajectory-v1.json).
type Stage struct {
	ID    string `json:"id"`
	Label string `json:"label_nl"`
	Actor string `json:"actor"`
	End   bool   `json:"end"`
}
