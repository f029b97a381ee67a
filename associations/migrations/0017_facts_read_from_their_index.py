"""The index of a member's facts holds all that a rating reads of them, so that it is read alone."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("associations", "0016_reversal_by_two")]

    operations = [
        migrations.RemoveIndex(model_name="fact", name="fact_of_member"),
        migrations.AddIndex(
            model_name="fact",
            index=models.Index(
                fields=["association", "membership", "occurred_on", "id"],
                include=["kind", "code", "until_on", "digest", "a", "b", "c", "d", "e"],
                name="fact_of_member",
            ),
        ),
    ]
