package store

import (
	"context"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"gorm.io/gorm"

	"wijknetwerk/kindinkaart/errs"
)

// keySize is that of AES-256, in bytes.
const keySize = 32

var (
	errNoKey    = errs.New(errs.Refused, "De sleutel van deze gegevens ontbreekt. Zet het sleutelbestand terug of geef de sleutel mee. Er is niets veranderd.")
	errWrongKey = errs.New(errs.Refused, "Deze sleutel past niet op deze gegevens. Gebruik de sleutel waarmee ze gemaakt zijn. Er is niets veranderd.")
)

// keyring holds the master key and what it opens for the whole installation.
type keyring struct {
	master  *sealer
	number  int     // of the master key: 1 at first, one more after each change
	old     *sealer // the master key before, while Rekey runs
	lookup  []byte  // for keyed hashes of codes and attempts
	chain   []byte  // for the audit chain
	isFresh bool    // nothing is stored yet
}

// metaRow is one row of meta.
type metaRow struct {
	Name  string `gorm:"primaryKey"`
	Value []byte
}

func (metaRow) TableName() string { return "meta" }

// checkText is sealed with the master key to prove it later.
const checkText = "kind in kaart"

// readKeys finds the master key and proves it against what is stored. It makes a key file only for a new database.
func (s *Store) readKeys(ctx context.Context, c Config) (*keyring, error) {
	stored, err := s.readMeta(ctx)
	if err != nil {
		return nil, err
	}
	secret, err := masterKey(c, len(stored) == 0)
	if err != nil {
		return nil, err
	}
	ring := &keyring{number: 1, isFresh: len(stored) == 0}
	if ring.master, err = newSealer(secret); err != nil {
		return nil, err
	}
	if len(c.OldKey) > 0 {
		if ring.old, err = newSealer(c.OldKey); err != nil {
			return nil, err
		}
	}
	if ring.isFresh {
		return ring, nil
	}
	return ring, ring.unlock(stored)
}

// readMeta gives the rows of meta, none for a new database.
func (s *Store) readMeta(ctx context.Context) (map[string][]byte, error) {
	exists, err := s.hasTable(ctx, "meta")
	if err != nil || !exists {
		return nil, err
	}
	var rows []metaRow
	if err := s.writer.WithContext(ctx).Find(&rows).Error; err != nil {
		return nil, err
	}
	out := map[string][]byte{}
	for _, r := range rows {
		out[r.Name] = r.Value
	}
	return out, nil
}

// storeKeys writes the check value of a new database, then reads back what is there: of two programs that start at
// once on a new database one wins, and the other has the same key or is refused.
func (s *Store) storeKeys(ctx context.Context, ring *keyring) (*keyring, error) {
	if !ring.isFresh {
		return ring, nil
	}
	err := s.writer.WithContext(ctx).Transaction(func(db *gorm.DB) error {
		return insertNew(db, ring.fresh())
	})
	if err != nil && !errors.Is(err, errTaken) {
		return nil, err
	}
	stored, err := s.readMeta(ctx)
	if err != nil {
		return nil, err
	}
	return ring, ring.unlock(stored)
}

// fresh makes the rows of a new database.
func (k *keyring) fresh() []metaRow {
	return k.rowsOf(map[string][]byte{"check": []byte(checkText), "lookup": random(keySize), "chain": random(keySize)})
}

// rowsOf seals secrets with the master key. The rows are inserted in one statement, so all or none of them win.
func (k *keyring) rowsOf(secrets map[string][]byte) []metaRow {
	var rows []metaRow
	for _, name := range sortedKeys(secrets) {
		rows = append(rows, metaRow{metaName(name, k.number), k.master.seal(secrets[name], "", "meta", name, fmt.Sprint(k.number))})
	}
	return rows
}

// unlock opens the newest set of rows that the master key, or the old one, fits.
func (k *keyring) unlock(stored map[string][]byte) error {
	number := 0
	for n := 1; stored[metaName("check", n)] != nil; n++ {
		number = n
	}
	k.number = number
	if err := k.open(k.master, stored, number); err == nil {
		return nil
	}
	if k.old == nil || k.open(k.old, stored, number) != nil {
		return errWrongKey
	}
	return nil
}

// open reads the secrets of one master key.
func (k *keyring) open(with *sealer, stored map[string][]byte, number int) error {
	read := func(name string) ([]byte, error) {
		return with.open(stored[metaName(name, number)], "", "meta", name, fmt.Sprint(number))
	}
	check, err := read("check")
	if err != nil || string(check) != checkText {
		return errWrongKey
	}
	if k.lookup, err = read("lookup"); err != nil {
		return err
	}
	k.chain, err = read("chain")
	return err
}

func metaName(name string, number int) string { return fmt.Sprintf("%s-%d", name, number) }

// hash gives a keyed hash of a tenant's secret word, to look it up by; it differs per tenant and per use.
func (k *keyring) hash(use, tenant, word string) string {
	m := hmac.New(sha256.New, k.lookup)
	m.Write(joined(use, tenant, word))
	return hex.EncodeToString(m.Sum(nil))
}

// masterKey takes the key from the configuration or its file.
func masterKey(c Config, isNew bool) ([]byte, error) {
	if len(c.Key) > 0 {
		if len(c.Key) != keySize {
			return nil, errs.New(errs.Invalid, fmt.Sprintf("De sleutel heeft %d bytes; verwacht 32 bytes (64 hexadecimale tekens).", len(c.Key)))
		}
		return c.Key, nil
	}
	if c.KeyFile == "" {
		return nil, errNoKey
	}
	secret, err := ReadKeyFile(c.KeyFile)
	if errors.Is(err, fs.ErrNotExist) {
		if !isNew {
			return nil, errNoKey
		}
		return makeKeyFile(c.KeyFile)
	}
	return secret, err
}

// ReadKeyFile reads a master key of 64 hexadecimal digits from a file that only its owner may read.
func ReadKeyFile(path string) ([]byte, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, err
	}
	if info.Mode().Perm()&0o077 != 0 {
		return nil, errs.New(errs.Refused, "Het sleutelbestand mag alleen door zijn eigenaar te lezen zijn. Zet de rechten op 600 (chmod 600) en start opnieuw.")
	}
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	secret, err := hex.DecodeString(strings.TrimSpace(string(text)))
	if err != nil || len(secret) != keySize {
		return nil, errs.New(errs.Invalid, "Het sleutelbestand klopt niet: verwacht 64 hexadecimale tekens op één regel. Zet de goede kopie terug.")
	}
	return secret, nil
}

// makeKeyFile writes a new key that is on the disk before anything is sealed with it. When that fails no half key stays, which
// the next start would take for a damaged one.
func makeKeyFile(path string) ([]byte, error) {
	secret := random(keySize)
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return nil, errs.Wrap(errs.Unavailable, "Het sleutelbestand kon niet worden gemaakt. Kijk of de map bestaat en of u erin mag schrijven.", err)
	}
	_, err = f.WriteString(hex.EncodeToString(secret) + "\n")
	if err = errors.Join(err, f.Sync(), f.Close(), syncFolder(filepath.Dir(path))); err != nil {
		return nil, errs.Wrap(errs.Unavailable, "Het sleutelbestand kon niet worden geschreven. Kijk of er ruimte is op de schijf.", errors.Join(err, os.Remove(path)))
	}
	return secret, nil
}

func syncFolder(path string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}

// random gives n bytes that nobody can guess; crypto/rand never fails.
func random(n int) []byte {
	b := make([]byte, n)
	_, _ = rand.Read(b)
	return b
}
