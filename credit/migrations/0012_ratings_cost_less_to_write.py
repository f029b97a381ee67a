"""What repeats another key or index of ratings and standings goes."""

import django.db.models.deletion
from django.db import migrations, models

ASSOCIATION = models.ForeignKey(
    db_constraint=False,
    db_index=False,
    on_delete=django.db.models.deletion.PROTECT,
    related_name="+",
    to="associations.association",
)


class Migration(migrations.Migration):
    dependencies = [
        ("associations", "0013_facts_in_the_order_they_are_rated"),
        ("credit", "0011_gate_queue"),
    ]

    operations = [
        migrations.RemoveIndex(model_name="standing", name="standing_next_change"),
        migrations.AlterField(model_name="rating", name="association", field=ASSOCIATION),
        migrations.AlterField(model_name="standing", name="association", field=ASSOCIATION),
    ]
