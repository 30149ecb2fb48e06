package store

import (
	"crypto/aes"
	"crypto/cipher"
	"encoding/binary"
	"fmt"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"wijknetwerk/kindinkaart/errs"
)

// sealer seals bytes with AES-256-GCM: a random nonce of 12 bytes, then the sealed bytes.
type sealer struct{ aead cipher.AEAD }

func newSealer(key []byte) (*sealer, error) {
	if len(key) != keySize {
		return nil, errs.New(errs.Invalid, "De sleutel klopt niet: verwacht 32 bytes (64 hexadecimale tekens).")
	}
	block, err := aes.NewCipher(key)
	if err != nil {
		return nil, err
	}
	aead, err := cipher.NewGCM(block)
	return &sealer{aead}, err
}

// seal binds the bytes to a place: tenant, table, row and key version. Elsewhere they do not open.
func (s *sealer) seal(plain []byte, place ...string) []byte {
	nonce := random(s.aead.NonceSize())
	return s.aead.Seal(nonce, nonce, plain, joined(place...))
}

var errSealed = errs.New(errs.Internal, "Deze gegevens zijn beschadigd of horen op een andere plek. Laat de beheerder het programma “verify” draaien.")

// open gives the bytes back, or an error when a byte, the key or the place is another.
func (s *sealer) open(sealed []byte, place ...string) ([]byte, error) {
	n := s.aead.NonceSize()
	if len(sealed) < n {
		return nil, errSealed
	}
	plain, err := s.aead.Open(nil, sealed[:n], sealed[n:], joined(place...))
	if err != nil {
		return nil, errSealed
	}
	return plain, nil
}

// joined writes words one after the other with their lengths, so that no two lists look the same.
func joined(words ...string) []byte {
	var out []byte
	for _, w := range words {
		out = binary.AppendUvarint(out, uint64(len(w)))
		out = append(out, w...)
	}
	return out
}

// owner is whose data key seals a record: a child or a class.
type owner struct {
	tenant string
	kind   string // child, klas; "" = the record is not sealed
	id     string
}

// dataKey is an opened data key.
type dataKey struct {
	version int
	*sealer
}

// dataKeyRow is a wrapped data key.
type dataKeyRow struct {
	Tenant  string
	Kind    string
	ID      string
	Version int
	Kek     int // number of the master key that wraps it
	Wrapped []byte
}

func (dataKeyRow) TableName() string { return "data_key" }

// place is what the wrapped key is bound to.
func (r dataKeyRow) place() []string {
	return []string{r.Tenant, "data_key", r.Kind, r.ID, fmt.Sprint(r.Version), fmt.Sprint(r.Kek)}
}

// key opens the data key of an owner. An owner without one gives errs.NotFound: it was erased or never there.
func (t *tx) key(o owner) (dataKey, error) {
	if k, ok := t.keys[o]; ok {
		return k, nil
	}
	var row dataKeyRow
	ok, err := t.one(&row, "SELECT * FROM data_key WHERE tenant = ? AND kind = ? AND id = ?", o.tenant, o.kind, o.id)
	if err != nil {
		return dataKey{}, err
	}
	if !ok {
		return dataKey{}, errMissing
	}
	secret, err := t.s.keys.unwrap(row)
	if err != nil {
		return dataKey{}, err
	}
	inner, err := newSealer(secret)
	k := dataKey{row.Version, inner}
	t.keys[o] = k
	return k, err
}

// unwrap opens a wrapped data key with the master key, or the old one while keys are being changed.
func (k *keyring) unwrap(row dataKeyRow) ([]byte, error) {
	secret, err := k.master.open(row.Wrapped, row.place()...)
	if err != nil && k.old != nil {
		return k.old.open(row.Wrapped, row.place()...)
	}
	return secret, err
}

// newKey makes the data key of a new owner. Somebody who was erased does not come back.
func (t *tx) newKey(o owner) error {
	var n int
	if _, err := t.one(&n, "SELECT count(*) FROM erasure WHERE tenant = ? AND kind = ? AND id = ?", o.tenant, o.kind, o.id); err != nil {
		return err
	}
	if n > 0 {
		return errs.New(errs.Refused, "Deze gegevens zijn gewist en kunnen niet terugkomen. Begin met een nieuwe aanmelding.")
	}
	if err := t.noteTenant(o.tenant); err != nil {
		return err
	}
	secret := random(keySize)
	row := dataKeyRow{Tenant: o.tenant, Kind: o.kind, ID: o.id, Version: 1, Kek: t.s.keys.number}
	row.Wrapped = t.s.keys.master.seal(secret, row.place()...)
	if err := insertNew(t.db, []dataKeyRow{row}); err != nil {
		return err
	}
	inner, err := newSealer(secret)
	t.keys[o] = dataKey{row.Version, inner}
	return err
}

// insertNew adds rows and gives errs.Conflict when one of them is already there. The transaction stays usable.
func insertNew[R any](db *gorm.DB, rows []R) error {
	if len(rows) == 0 {
		return nil
	}
	done := db.Clauses(clause.OnConflict{DoNothing: true}).Create(&rows)
	if done.Error != nil {
		return done.Error
	}
	if done.RowsAffected != int64(len(rows)) {
		return errTaken
	}
	return nil
}
