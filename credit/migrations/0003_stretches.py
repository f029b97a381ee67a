
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('credit', '0002_ratings_in_partitions'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(model_name='rating', name='rating_public_id_once'),
        migrations.RemoveField(
            model_name='rating',
            name='public_id',
        ),
        migrations.CreateModel(
            name='Stretch',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('run', models.CharField(max_length=22)),
                ('as_of', models.DateField(verbose_name='as of')),
                ('first_id', models.BigIntegerField()),
                ('last_id', models.BigIntegerField()),
                ('members', models.IntegerField(verbose_name='members')),
                ('asked_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('done_at', models.DateTimeField(null=True)),
                ('changed', models.IntegerField(null=True)),
                ('asked_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('association', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='associations.association')),
            ],
            options={
                'verbose_name': 'stretch of members to be rated',
                'verbose_name_plural': 'stretches of members to be rated',
                'indexes': [models.Index(condition=models.Q(('done_at', None)), fields=['id'], name='stretch_to_do')],
                'constraints': [models.UniqueConstraint(fields=('association', 'run', 'first_id'), name='stretch_once'), models.CheckConstraint(condition=models.Q(('first_id__lte', models.F('last_id')), ('members__gt', 0)), name='stretch_has_members'), models.CheckConstraint(condition=models.Q(models.Q(('changed', None), ('done_at', None)), models.Q(('changed__gte', 0), ('changed__isnull', False), ('done_at__isnull', False)), _connector='OR'), name='stretch_done_says_what')],
            },
        ),
    ]
