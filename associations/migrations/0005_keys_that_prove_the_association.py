import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('associations', '0004_facts_of_known_kinds'),
    ]

    operations = [
        migrations.AlterField(
            model_name='agencylink',
            name='association',
            field=models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='associations.association'),
        ),
        migrations.AlterField(
            model_name='attendance',
            name='association',
            field=models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='associations.association'),
        ),
        migrations.AlterField(
            model_name='check',
            name='association',
            field=models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='associations.association'),
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
            model_name='fact',
            name='association',
            field=models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='associations.association'),
        ),
        migrations.AlterField(
            model_name='membershipevent',
            name='association',
            field=models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='associations.association'),
        ),
        migrations.AlterField(
            model_name='platformaccount',
            name='association',
            field=models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='associations.association'),
        ),
        migrations.AlterField(
            model_name='refusal',
            name='association',
            field=models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='associations.association'),
        ),
    ]
