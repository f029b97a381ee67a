
import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
import django.db.models.expressions
import django.db.models.lookups
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


WRITTEN_ONCE = """
CREATE FUNCTION credit_own_version_written_once() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.association_id <> OLD.association_id OR NEW.public_id <> OLD.public_id OR NEW.author_id <> OLD.author_id THEN
    RAISE EXCEPTION 'whose version it is does not change' USING ERRCODE = '42501';
  END IF;
  IF OLD.state <> 'draft' AND NEW.state = 'draft' THEN
    RAISE EXCEPTION 'a version that was consulted on is no draft again, its text stands still' USING ERRCODE = '42501';
  END IF;
  IF OLD.state <> 'draft' AND (NEW.source, NEW.canonical, NEW.sha256, NEW.name, NEW.number, NEW.begins_on,
      NEW.until_on, NEW.drafted_at) IS DISTINCT FROM (OLD.source, OLD.canonical, OLD.sha256, OLD.name, OLD.number,
      OLD.begins_on, OLD.until_on, OLD.drafted_at) THEN
    RAISE EXCEPTION 'the text of a version stands still once it is consulted on' USING ERRCODE = '42501';
  END IF;
  IF OLD.consult_from IS NOT NULL AND (NEW.consult_from, NEW.consult_until, NEW.announced_in, NEW.consulted_by_id)
      IS DISTINCT FROM (OLD.consult_from, OLD.consult_until, OLD.announced_in, OLD.consulted_by_id)
    OR OLD.comments IS NOT NULL AND (NEW.comments, NEW.outcome, NEW.closed_by_id)
      IS DISTINCT FROM (OLD.comments, OLD.outcome, OLD.closed_by_id)
    OR OLD.approved_by_id IS NOT NULL AND (NEW.approved_by_id, NEW.approved_on)
      IS DISTINCT FROM (OLD.approved_by_id, OLD.approved_on)
    OR OLD.published_by_id IS NOT NULL AND (NEW.published_by_id, NEW.published_on)
      IS DISTINCT FROM (OLD.published_by_id, OLD.published_on)
    OR OLD.withdrawn_on IS NOT NULL OR OLD.state = 'superseded' THEN
    RAISE EXCEPTION 'what is recorded of a version is written once' USING ERRCODE = '42501';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER written_once BEFORE UPDATE ON credit_ownversion
  FOR EACH ROW EXECUTE FUNCTION credit_own_version_written_once();
"""
ANY_TIME = """
DROP TRIGGER written_once ON credit_ownversion;
DROP FUNCTION credit_own_version_written_once();
"""


class Migration(migrations.Migration):

    dependencies = [
        
        ('credit', '0004_published_bundles'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='OwnVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(editable=False, max_length=22, unique=True)),
                ('name', models.CharField(max_length=40, verbose_name='name')),
                ('number', models.PositiveIntegerField(null=True, verbose_name='version')),
                ('state', models.CharField(choices=[('draft', 'Draft'), ('consultation', 'Under consultation'), ('consulted', 'Consultation closed'), ('approved', 'Approved'), ('published', 'Announced'), ('in_force', 'In force'), ('superseded', 'No longer in force'), ('withdrawn', 'Withdrawn')], default='draft', max_length=12, verbose_name='state')),
                ('source', models.TextField()),
                ('canonical', models.BinaryField()),
                ('sha256', models.BinaryField(max_length=32)),
                ('begins_on', models.DateField(null=True, verbose_name='in force from')),
                ('until_on', models.DateField(null=True)),
                ('ends_on', models.DateField(null=True, verbose_name='in force until')),
                ('drafted_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('consult_from', models.DateField(null=True, verbose_name='consultation from')),
                ('consult_until', models.DateField(null=True, verbose_name='consultation until')),
                ('announced_in', models.TextField(blank=True, verbose_name='announced in')),
                ('comments', models.PositiveIntegerField(null=True, verbose_name='comments received')),
                ('outcome', models.TextField(blank=True, verbose_name='outcome')),
                ('approved_on', models.DateField(null=True)),
                ('published_on', models.DateField(null=True)),
                ('withdrawn_on', models.DateField(null=True)),
                ('withdrawn_why', models.TextField(blank=True, verbose_name='reasons')),
            ],
            options={
                'verbose_name': 'own version',
                'verbose_name_plural': 'own versions',
            },
        ),
        migrations.AddField(
            model_name='ownversion',
            name='approved_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='ownversion',
            name='association',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='associations.association'),
        ),
        migrations.AddField(
            model_name='ownversion',
            name='author',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='author'),
        ),
        migrations.AddField(
            model_name='ownversion',
            name='closed_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='ownversion',
            name='consulted_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='ownversion',
            name='published_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='ownversion',
            name='withdrawn_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddIndex(
            model_name='ownversion',
            index=models.Index(fields=['association', 'begins_on'], name='own_version_by_day'),
        ),
        migrations.AddConstraint(
            model_name='ownversion',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ('draft', 'withdrawn')), models.Q(('begins_on__isnull', False), ('consult_from__isnull', False), ('consult_until__gt', models.F('consult_from')), models.Q(('announced_in', ''), _negated=True)), _connector='OR'), name='own_version_consulted_in_public'),
        ),
        migrations.AddConstraint(
            model_name='ownversion',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ('draft', 'consultation', 'consulted', 'withdrawn')), models.Q(('approved_by__isnull', False), ('approved_on__gt', models.F('consult_until')), ('approved_on__isnull', False), ('comments__isnull', False), models.Q(('outcome', ''), _negated=True)), _connector='OR'), name='own_version_approved_after_consultation'),
        ),
        migrations.AddConstraint(
            model_name='ownversion',
            constraint=models.CheckConstraint(condition=models.Q(('approved_by', None), models.Q(('approved_by', models.F('author')), _negated=True), _connector='OR'), name='own_version_approved_by_another'),
        ),
        migrations.AddConstraint(
            model_name='ownversion',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state__in', ('published', 'in_force', 'superseded')), _negated=True), models.Q(('begins_on__isnull', False), ('published_by__isnull', False), ('published_on__isnull', False), ('published_on__gte', models.F('approved_on')), django.db.models.lookups.GreaterThanOrEqual(models.F('begins_on'), models.ExpressionWrapper(django.db.models.expressions.CombinedExpression(models.F('published_on'), '+', models.Value(7)), output_field=models.DateField()))), _connector='OR'), name='own_version_public_seven_days_before'),
        ),
        migrations.AddConstraint(
            model_name='ownversion',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('withdrawn_on', None), models.Q(('state', 'withdrawn'), _negated=True)), models.Q(('state', 'withdrawn'), ('withdrawn_on__isnull', False), models.Q(('withdrawn_why', ''), _negated=True)), _connector='OR'), name='own_version_withdrawn_for_reasons'),
        ),
        migrations.AddConstraint(
            model_name='ownversion',
            constraint=models.CheckConstraint(condition=models.Q(('ends_on', None), models.Q(('begins_on__isnull', False), ('ends_on__gte', models.F('begins_on'))), _connector='OR'), name='own_version_ends_after_it_begins'),
        ),
        migrations.AddConstraint(
            model_name='ownversion',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(condition=models.Q(('state__in', ('published', 'in_force', 'superseded'))), expressions=[(models.Func(models.F('association'), models.F('association'), models.Value('[]'), function='int8range'), '&&'), (models.Func(models.F('begins_on'), models.F('ends_on'), models.Value('[]'), function='daterange', output_field=django.contrib.postgres.fields.ranges.DateRangeField()), '&&')], name='own_versions_one_at_a_time'),
        ),
        migrations.RunSQL(WRITTEN_ONCE, ANY_TIME),
    ]
