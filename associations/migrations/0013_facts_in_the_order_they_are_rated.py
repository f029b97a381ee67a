"""The facts of a member stand in the index as a rating reads them; those that are few have an index of their own."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("associations", "0012_letters")]

    operations = [
        migrations.RemoveIndex(model_name="fact", name="fact_of_member"),
        migrations.AddIndex(
            model_name="fact",
            index=models.Index(
                fields=["association", "membership", "occurred_on", "id"], name="fact_of_member"
            ),
        ),
        migrations.AddIndex(
            model_name="fact",
            index=models.Index(
                fields=["association", "membership"], condition=models.Q(kind__gte=10), name="fact_rare"
            ),
        ),
    ]
