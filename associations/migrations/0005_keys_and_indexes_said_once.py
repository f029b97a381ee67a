"""Keys that repeat a composite one, and indexes that another one begins with, are left out: each costs every row.

Public ids are asked for whole; the index for their beginnings, which Django adds to every unique text, serves nobody.
"""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('associations', '0004_facts_of_known_kinds'),
        ('core', '0002_calls'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RunSQL(
            "DROP INDEX associations_membership_public_id_e61a6e69_like",
            "CREATE INDEX associations_membership_public_id_e61a6e69_like "
            "ON associations_membership (public_id varchar_pattern_ops)",
        ),
        migrations.AlterField(
            model_name='agencylink',
            name='agency',
            field=models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='streamer_links', to='associations.membership'),
        ),
        migrations.AlterField(
            model_name='agencylink',
            name='association',
            field=models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='associations.association'),
        ),
        migrations.AlterField(
            model_name='agencylink',
            name='streamer',
            field=models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='agency_links', to='associations.membership'),
        ),
        migrations.AlterField(
            model_name='attendance',
            name='association',
            field=models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='associations.association'),
        ),
        migrations.AlterField(
            model_name='attendance',
            name='membership',
            field=models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='attendances', to='associations.membership'),
        ),
        migrations.AlterField(
            model_name='attendance',
            name='session',
            field=models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='attendances', to='associations.session'),
        ),
        migrations.AlterField(
            model_name='check',
            name='association',
            field=models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='associations.association'),
        ),
        migrations.AlterField(
            model_name='check',
            name='by',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AlterField(
            model_name='check',
            name='membership',
            field=models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='checks', to='associations.membership'),
        ),
        migrations.AlterField(
            model_name='conductdue',
            name='association',
            field=models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='associations.association'),
        ),
        migrations.AlterField(
            model_name='consent',
            name='association',
            field=models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='associations.association'),
        ),
        migrations.AlterField(
            model_name='consent',
            name='by',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AlterField(
            model_name='consent',
            name='membership',
            field=models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='consents', to='associations.membership'),
        ),
        migrations.AlterField(
            model_name='fact',
            name='association',
            field=models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='associations.association'),
        ),
        migrations.AlterField(
            model_name='membership',
            name='subject',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.subject'),
        ),
        migrations.AlterField(
            model_name='membershipevent',
            name='association',
            field=models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='associations.association'),
        ),
        migrations.AlterField(
            model_name='membershipevent',
            name='by',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AlterField(
            model_name='membershipevent',
            name='membership',
            field=models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='events', to='associations.membership'),
        ),
        migrations.AlterField(
            model_name='platformaccount',
            name='association',
            field=models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='associations.association'),
        ),
        migrations.AlterField(
            model_name='platformaccount',
            name='membership',
            field=models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='accounts', to='associations.membership'),
        ),
        migrations.AlterField(
            model_name='refusal',
            name='association',
            field=models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='associations.association'),
        ),
        migrations.AlterField(
            model_name='refusal',
            name='run',
            field=models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='refusals', to='associations.run'),
        ),
    ]
