"""A rating is told once: as the standing one, then among the former ones (docs/adr/0019).

The standing row takes the number of its rating, whose other row goes; what is left of the ratings is what stood before.
From here on the database itself puts what an update overwrites among the former ones.
"""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Q

COLUMNS = (
    "id, association_id, membership_id, as_of, rated_at, score, d1, d2, d3, d4, d5, d6, confidence, n, state, grade,"
    " shown, ceiling, mask, next_change_on, up_on, last_fact_id, inputs_sha, ruleset_sha, engine"
)
RENAME = """
ALTER TABLE {before} RENAME TO {after};
DO $$ BEGIN
  FOR part IN 0..15 LOOP
    EXECUTE format('ALTER TABLE {before}_p%s RENAME TO {after}_p%s', lpad(part::text, 2, '0'), lpad(part::text, 2, '0'));
  END LOOP;
END $$;
ALTER TABLE {after} RENAME CONSTRAINT {before}_own_key TO {after}_own_key;
"""
NUMBER = models.BigAutoField(primary_key=True, serialize=False)
VETO = "shown_never_better_than_ceiling_of_veto"

FORWARD = (
    """
-- Forced row security would show an owner who is no superuser nothing to move.
ALTER TABLE credit_rating NO FORCE ROW LEVEL SECURITY;
ALTER TABLE credit_standing NO FORCE ROW LEVEL SECURITY;

ALTER TABLE credit_rating DISABLE TRIGGER USER;
DELETE FROM credit_rating given USING credit_standing standing
  WHERE standing.association_id = given.association_id AND standing.rating_id = given.id;
ALTER TABLE credit_rating ENABLE TRIGGER USER;

DROP TRIGGER IF EXISTS rating_id_own_key_insert ON credit_standing;
DROP TRIGGER IF EXISTS rating_id_own_key_update ON credit_standing;
DROP INDEX standing_by_rating;
ALTER TABLE credit_standing DROP COLUMN id;
ALTER TABLE credit_standing RENAME rating_id TO id;
ALTER TABLE credit_standing RENAME changed_at TO rated_at;
ALTER TABLE credit_rating ALTER id DROP DEFAULT;
ALTER SEQUENCE credit_rating_id_seq OWNED BY NONE;
ALTER SEQUENCE credit_rating_id_seq RENAME TO credit_standing_id_seq;
ALTER SEQUENCE credit_standing_id_seq OWNED BY credit_standing.id;
ALTER TABLE credit_standing
  ALTER id SET DEFAULT nextval('credit_standing_id_seq'),
  ADD CONSTRAINT credit_standing_own_key PRIMARY KEY (association_id, id),
  ADD CONSTRAINT standing_score CHECK (score BETWEEN 0 AND 1000000),
"""
    f"  ADD CONSTRAINT standing_{VETO} CHECK (NOT (state = 5) OR shown = 10);\n"
    + RENAME.format(before="credit_rating", after="credit_formerrating")
    + f"""
ALTER TABLE credit_formerrating RENAME CONSTRAINT rating_score TO formerrating_score;
ALTER TABLE credit_formerrating RENAME CONSTRAINT rating_{VETO} TO formerrating_{VETO};

CREATE FUNCTION credit_keep_former() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO public.credit_formerrating ({COLUMNS}) SELECT {COLUMNS} FROM stood;
  RETURN NULL;
END $$;
CREATE FUNCTION credit_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '%', TG_ARGV[0] USING ERRCODE = '42501';
END $$;
CREATE TRIGGER standing_later BEFORE UPDATE ON credit_standing FOR EACH ROW
  WHEN (NEW.id <= OLD.id OR NEW.association_id <> OLD.association_id OR NEW.membership_id <> OLD.membership_id)
  EXECUTE FUNCTION credit_refuse('only a later rating of the same member takes the place of the standing one');
-- What names a partition does not meet the triggers of its table.
DO $$ DECLARE place regclass; BEGIN
  FOR place IN SELECT relid FROM pg_partition_tree('credit_standing') LOOP
    EXECUTE format('CREATE TRIGGER standing_stays BEFORE DELETE OR TRUNCATE ON %s '
                   'FOR EACH STATEMENT EXECUTE FUNCTION credit_refuse(''a standing rating stays'')', place);
    EXECUTE format('CREATE TRIGGER standing_kept AFTER UPDATE ON %s REFERENCING OLD TABLE AS stood '
                   'FOR EACH STATEMENT EXECUTE FUNCTION credit_keep_former()', place);
  END LOOP;
  FOR place IN SELECT relid FROM pg_partition_tree('credit_formerrating') LOOP
    EXECUTE format('CREATE TRIGGER former_stood BEFORE INSERT ON %s FOR EACH STATEMENT WHEN (pg_trigger_depth() = 0) '
                   'EXECUTE FUNCTION credit_refuse(''a former rating is one that stood'')', place);
  END LOOP;
END $$;
"""
)
BACK = (
    """
ALTER TABLE credit_formerrating NO FORCE ROW LEVEL SECURITY;
ALTER TABLE credit_standing NO FORCE ROW LEVEL SECURITY;
DROP FUNCTION credit_keep_former() CASCADE;
DROP FUNCTION credit_refuse() CASCADE;
"""
    f"ALTER TABLE credit_formerrating RENAME CONSTRAINT formerrating_{VETO} TO rating_{VETO};"
    "ALTER TABLE credit_formerrating RENAME CONSTRAINT formerrating_score TO rating_score;"
    + RENAME.format(before="credit_formerrating", after="credit_rating")
    + f"""
INSERT INTO credit_rating ({COLUMNS}) SELECT {COLUMNS} FROM credit_standing;
ALTER TABLE credit_standing
  DROP CONSTRAINT standing_{VETO}, DROP CONSTRAINT standing_score, DROP CONSTRAINT credit_standing_own_key,
  ALTER id DROP DEFAULT;
ALTER SEQUENCE credit_standing_id_seq OWNED BY NONE;
ALTER SEQUENCE credit_standing_id_seq RENAME TO credit_rating_id_seq;
ALTER SEQUENCE credit_rating_id_seq OWNED BY credit_rating.id;
ALTER TABLE credit_rating ALTER id SET DEFAULT nextval('credit_rating_id_seq');
ALTER TABLE credit_standing RENAME rated_at TO changed_at;
ALTER TABLE credit_standing RENAME id TO rating_id;
CREATE SEQUENCE credit_standing_id_seq;
ALTER TABLE credit_standing ADD COLUMN id bigint NOT NULL DEFAULT nextval('credit_standing_id_seq');
ALTER SEQUENCE credit_standing_id_seq OWNED BY credit_standing.id;
ALTER TABLE credit_standing ADD CONSTRAINT credit_standing_own_key PRIMARY KEY (association_id, id);
CREATE INDEX standing_by_rating ON credit_standing (association_id, rating_id);
"""
)


def checked(name: str) -> list[migrations.AddConstraint]:
    """What holds of every rating's row."""
    score, veto = Q(score__range=(0, 1_000_000)), ~Q(state=5) | Q(shown=10)
    return [
        migrations.AddConstraint(name, models.CheckConstraint(name=f"{name}_score", condition=score)),
        migrations.AddConstraint(name, models.CheckConstraint(name=f"{name}_{VETO}", condition=veto)),
    ]


class Migration(migrations.Migration):
    dependencies = [("credit", "0013_told_and_changes")]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunSQL(FORWARD, BACK)],
            state_operations=[
                migrations.RemoveIndex("standing", "standing_by_rating"),
                migrations.RemoveField("standing", "rating"),
                migrations.RenameField("standing", "changed_at", "rated_at"),
                migrations.RemoveConstraint("rating", "rating_score"),
                migrations.RemoveConstraint("rating", f"rating_{VETO}"),
                migrations.RenameModel("Rating", "FormerRating"),
                migrations.AlterModelOptions("formerrating", {}),
                migrations.AlterField("standing", "id", NUMBER),
                migrations.AlterField("formerrating", "id", NUMBER),
                migrations.AlterField(
                    "formerrating",
                    "membership",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="former_ratings",
                        to="associations.membership",
                    ),
                ),
                *checked("standing"),
                *checked("formerrating"),
            ],
        )
    ]
