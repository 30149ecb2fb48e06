package store

import "context"

// noteTenant remembers a tenant for the jobs that visit all of them.
func (t *tx) noteTenant(tenant string) error {
	if tenant == NoTenant {
		return nil
	}
	_, err := t.exec("INSERT INTO tenant (id) VALUES (?) ON CONFLICT DO NOTHING", tenant)
	return err
}

// Tenants gives every tenant with any data, in order.
func (t *tx) Tenants() (tenants []string, err error) {
	return tenants, t.db.Raw("SELECT id FROM tenant ORDER BY id").Scan(&tenants).Error
}

// Tenants gives every tenant with any data, in order.
func (s *Store) Tenants(ctx context.Context) (tenants []string, err error) {
	err = s.read(ctx, s.timeout, func(t *tx) (err error) {
		tenants, err = t.Tenants()
		return err
	})
	return tenants, err
}

// noteCard lets a new card be found by its code and by its id. A code that any tenant already has gives errs.Conflict.
func (t *tx) noteCard(tenant, id, code string) error {
	for _, word := range []string{code, id} {
		if word == "" {
			continue
		}
		n, err := t.exec("INSERT INTO card_tenant (key_hash, tenant, card_id) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
			t.s.keys.hash("card tenant", "", word), tenant, id)
		if err != nil {
			return err
		}
		if n == 0 {
			return errTaken
		}
	}
	return nil
}

// TenantOfCard gives the tenant of the card with this code or id, or errs.NotFound.
func (t *tx) TenantOfCard(codeOrID string) (tenant string, err error) {
	ok, err := t.one(&tenant, "SELECT tenant FROM card_tenant WHERE key_hash = ?", t.s.keys.hash("card tenant", "", codeOrID))
	if err == nil && !ok {
		err = errMissing
	}
	return tenant, err
}
