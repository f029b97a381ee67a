"""A rating is found by its member: the key begins with it, and no index asks for the number alone. A place in the queue
to the gate is its member's, whose key says of which association.
"""

import django.db.models.deletion
from django.db import migrations, models

STANDING = ("credit_standing_membership_id_own_once", "association_id, membership_id")
FORMER = ("credit_formerrating_own_key", "association_id, membership_id, id")

FORWARD = f"""
ALTER TABLE credit_standing DROP CONSTRAINT credit_standing_own_key, DROP CONSTRAINT {STANDING[0]};
ALTER TABLE credit_standing ADD CONSTRAINT {STANDING[0]} PRIMARY KEY ({STANDING[1]});
ALTER TABLE credit_formerrating DROP CONSTRAINT {FORMER[0]};
ALTER TABLE credit_formerrating ADD CONSTRAINT {FORMER[0]} PRIMARY KEY ({FORMER[1]});
"""
BACK = f"""
ALTER TABLE credit_formerrating DROP CONSTRAINT {FORMER[0]};
ALTER TABLE credit_formerrating ADD CONSTRAINT {FORMER[0]} PRIMARY KEY (association_id, id);
ALTER TABLE credit_standing DROP CONSTRAINT {STANDING[0]};
ALTER TABLE credit_standing
  ADD CONSTRAINT {STANDING[0]} UNIQUE ({STANDING[1]}),
  ADD CONSTRAINT credit_standing_own_key PRIMARY KEY (association_id, id);
"""


class Migration(migrations.Migration):
    dependencies = [("credit", "0014_former_ratings")]

    operations = [
        migrations.RunSQL(FORWARD, BACK),
        migrations.RemoveIndex("formerrating", "rating_of_member"),
        migrations.AlterField(
            "gatedue",
            "association",
            models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="associations.association",
            ),
        ),
    ]
