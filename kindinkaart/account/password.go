package account

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"encoding/base64"
	"fmt"
	"runtime"
	"strings"
	"sync"
	"unicode/utf8"

	"golang.org/x/crypto/argon2"

	"wijknetwerk/kindinkaart/errs"
)

// The cost of argon2id: at least what OWASP ASVS asks (RELIABILITY A01). One hash takes about 40 ms and 47 MiB.
const (
	argonMemory  = 47104 // KiB
	argonTime    = 1
	argonThreads = 1
	saltBytes    = 16
	keyBytes     = 32
)

// Limits of a password: the lower one is NIST's for a single factor, the upper one keeps hashing cheap.
const (
	MinPassword = 12  // characters
	maxPassword = 256 // bytes
)

// hashing holds a place for every hash that may run at one moment, so that a storm of logins cannot eat the memory (RELIABILITY A02).
var hashing = make(chan struct{}, 2*runtime.NumCPU())

// hashPassword gives the PHC string of a password with a salt of its own.
func hashPassword(ctx context.Context, password string) (string, error) {
	salt := make([]byte, saltBytes)
	rand.Read(salt)
	key, err := argonKey(ctx, password, salt, argonCost{argonMemory, argonTime, argonThreads, keyBytes})
	if err != nil {
		return "", err
	}
	b64 := base64.RawStdEncoding
	return fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$%s$%s", argon2.Version, argonMemory, argonTime, argonThreads,
		b64.EncodeToString(salt), b64.EncodeToString(key)), nil
}

// argonCost is what the PHC string says about a hash.
type argonCost struct {
	memory, time uint32
	threads      uint8
	key          uint32
}

// argonKey waits for a place and hashes.
func argonKey(ctx context.Context, password string, salt []byte, c argonCost) ([]byte, error) {
	select {
	case hashing <- struct{}{}:
		defer func() { <-hashing }()
	case <-ctx.Done():
		return nil, errs.Wrap(errs.Unavailable, "Het is nu erg druk. Probeer het over een minuut opnieuw.", ctx.Err())
	}
	return argon2.IDKey([]byte(password), salt, c.time, c.memory, c.threads, c.key), nil
}

// samePassword says whether a password fits a PHC string; a string it cannot read never fits.
func samePassword(ctx context.Context, phc, password string) (bool, error) {
	cost, salt, want, ok := parsePHC(phc)
	if !ok || len(password) > maxPassword {
		return false, nil
	}
	got, err := argonKey(ctx, password, salt, cost)
	return err == nil && subtle.ConstantTimeCompare(got, want) == 1, err
}

// parsePHC reads $argon2id$v=19$m=…,t=…,p=…$salt$key.
func parsePHC(phc string) (c argonCost, salt, key []byte, ok bool) {
	parts := strings.Split(phc, "$")
	if len(parts) != 6 || parts[1] != "argon2id" || parts[2] != fmt.Sprintf("v=%d", argon2.Version) {
		return c, nil, nil, false
	}
	if _, err := fmt.Sscanf(parts[3], "m=%d,t=%d,p=%d", &c.memory, &c.time, &c.threads); err != nil || c.time == 0 || c.threads == 0 {
		return c, nil, nil, false
	}
	salt, err1 := base64.RawStdEncoding.DecodeString(parts[4])
	key, err2 := base64.RawStdEncoding.DecodeString(parts[5])
	c.key = uint32(len(key))
	return c, salt, key, err1 == nil && err2 == nil && len(salt) >= saltBytes && len(key) >= 16
}

// nobody is the hash that unknown logins are compared with, so that they take as long as known ones.
var nobody = sync.OnceValues(func() (string, error) { return hashPassword(context.Background(), rand.Text()) })

// checkNewPassword says in Dutch what is wrong with a new password.
func checkNewPassword(login, password string) error {
	wrong := ""
	switch {
	case utf8.RuneCountInString(password) < MinPassword:
		wrong = fmt.Sprintf("Kies een wachtwoord van minstens %d tekens. Een zin van vier woorden is goed te onthouden.", MinPassword)
	case len(password) > maxPassword:
		wrong = fmt.Sprintf("Kies een wachtwoord van hoogstens %d tekens.", maxPassword)
	case login != "" && strings.Contains(strings.ToLower(password), login):
		wrong = "Kies een wachtwoord waar je inlognaam niet in staat."
	case strings.Count(password, password[:1]) == len(password):
		wrong = "Kies een wachtwoord met verschillende tekens."
	default:
		return nil
	}
	return errs.InvalidFields("Dit wachtwoord kan niet.", errs.Field{Name: "password", Message: wrong})
}
