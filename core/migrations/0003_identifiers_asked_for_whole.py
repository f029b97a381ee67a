"""Public ids and credit codes are asked for whole: the indexes for their beginnings serve nobody."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("core", "0002_calls")]

    operations = [
        migrations.RunSQL(
            f"DROP INDEX core_subject_{name}_like",
            f"CREATE INDEX core_subject_{name}_like ON core_subject ({name[:-9]} varchar_pattern_ops)",
        )
        for name in ("public_id_a681f344", "uscc_3f6fe5ca")
    ]
