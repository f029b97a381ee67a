
import django.contrib.postgres.fields
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        
        ('credit', '0006_published_own_versions'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Rehearsal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(editable=False, max_length=22, unique=True)),
                ('name', models.CharField(max_length=40, verbose_name='name')),
                ('version', models.IntegerField(verbose_name='version')),
                ('sha256', models.BinaryField(max_length=32)),
                ('canonical', models.BinaryField()),
                ('as_of', models.DateField(verbose_name='as of')),
                ('members', models.IntegerField(verbose_name='members')),
                ('group_name', models.CharField(blank=True, max_length=40, verbose_name='group')),
                ('group_ids', django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), default=list, size=None)),
                ('asked_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('state', models.CharField(choices=[('running', 'Under way'), ('done', 'Done'), ('failed', 'Failed')], default='running', max_length=8, verbose_name='state')),
                ('done_at', models.DateTimeField(null=True)),
                ('report', models.JSONField(null=True)),
                ('asked_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('association', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='associations.association')),
            ],
            options={
                'verbose_name': 'rehearsal',
                'verbose_name_plural': 'rehearsals',
            },
        ),
        migrations.CreateModel(
            name='RehearsalPart',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('first_id', models.BigIntegerField()),
                ('last_id', models.BigIntegerField()),
                ('members', models.IntegerField(verbose_name='members')),
                ('done_at', models.DateTimeField(null=True)),
                ('tallies', models.JSONField(null=True)),
                ('association', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='associations.association')),
                ('rehearsal', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='parts', to='credit.rehearsal')),
            ],
        ),
        migrations.AddIndex(
            model_name='rehearsal',
            index=models.Index(fields=['association', '-id'], name='rehearsal_latest'),
        ),
        migrations.AddConstraint(
            model_name='rehearsal',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('done_at', None), ('report__isnull', True), ('state', 'running')), models.Q(('done_at__isnull', False), ('report__isnull', False), ('state', 'done')), models.Q(('done_at__isnull', False), ('report__isnull', True), ('state', 'failed')), _connector='OR'), name='rehearsal_done_has_report'),
        ),
        migrations.AddIndex(
            model_name='rehearsalpart',
            index=models.Index(condition=models.Q(('done_at', None)), fields=['id'], name='rehearsalpart_to_do'),
        ),
        migrations.AddConstraint(
            model_name='rehearsalpart',
            constraint=models.UniqueConstraint(fields=('association', 'rehearsal', 'first_id'), name='rehearsalpart_once'),
        ),
        migrations.AddConstraint(
            model_name='rehearsalpart',
            constraint=models.CheckConstraint(condition=models.Q(('first_id__lte', models.F('last_id')), ('members__gt', 0)), name='rehearsalpart_has_members'),
        ),
        migrations.AddConstraint(
            model_name='rehearsalpart',
            constraint=models.CheckConstraint(condition=models.Q(('done_at__isnull', False), ('tallies__isnull', True), _connector='OR'), name='rehearsalpart_tallies_when_done'),
        ),
    ]
