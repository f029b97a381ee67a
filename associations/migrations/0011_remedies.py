
import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.functions.text
import django.db.models.lookups
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('associations', '0010_complaints'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterField(
            model_name='screeningquestion',
            name='mark_kind',
            field=models.SmallIntegerField(choices=[(1, 'Unified social credit code'), (2, 'Identity number'), (3, 'Platform account'), (4, 'Name'), (5, 'Signed with the barred one')], verbose_name='what is equal'),
        ),
        migrations.CreateModel(
            name='MarksDue',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('since', models.DateTimeField(default=django.utils.timezone.now)),
                ('association', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='associations.association')),
                ('membership', models.OneToOneField(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='associations.membership')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Correction',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(editable=False, max_length=22, unique=True)),
                ('thing', models.CharField(choices=[('fact', 'Fact of the conduct file'), ('decision', 'Decision'), ('bar', 'Bar'), ('line', 'Line of the rating')], max_length=8, verbose_name='about')),
                ('ref', models.CharField(max_length=64)),
                ('decision_ref', models.CharField(blank=True, max_length=22)),
                ('involved', django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), default=list, size=None)),
                ('at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='received')),
                ('why', models.TextField(verbose_name='what is wrong, and how it is known')),
                ('instead', models.JSONField(default=dict, verbose_name='instead')),
                ('state', models.CharField(choices=[('proposed', 'Waits for a second person'), ('confirmed', 'Corrected'), ('refused', 'Not corrected')], default='proposed', max_length=9, verbose_name='state')),
                ('reasons', models.TextField(blank=True, verbose_name='reasons')),
                ('answered_at', models.DateTimeField(null=True)),
                ('answered_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('association', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='associations.association')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='by')),
                ('fact', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='associations.fact')),
                ('membership', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='associations.membership')),
            ],
            options={
                'verbose_name': 'correction',
                'verbose_name_plural': 'corrections',
                'indexes': [models.Index(fields=['association', 'state'], name='correction_by_state')],
                'constraints': [models.CheckConstraint(condition=models.Q(('why', ''), _negated=True), name='correction_says_why'), models.CheckConstraint(condition=models.Q(('fact__isnull', False), ('thing', 'fact')), name='correction_of_a_fact'), models.UniqueConstraint(condition=models.Q(('state__in', ['proposed', 'confirmed'])), fields=('association', 'fact'), name='correction_once'), models.CheckConstraint(condition=models.Q(('answered_by', None), models.Q(('answered_by', models.F('by')), _negated=True), _connector='OR'), name='correction_by_a_second_person'), models.CheckConstraint(condition=models.Q(models.Q(('answered_at', None), ('answered_by', None), ('state__in', ['proposed'])), models.Q(models.Q(('state__in', ['proposed']), _negated=True), ('answered_at__isnull', False), ('answered_by__isnull', False), models.Q(('reasons', ''), _negated=True)), _connector='OR'), name='correction_answered_with_reasons')],
            },
        ),
        migrations.CreateModel(
            name='Objection',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(editable=False, max_length=22, unique=True)),
                ('thing', models.CharField(choices=[('fact', 'Fact of the conduct file'), ('decision', 'Decision'), ('bar', 'Bar'), ('line', 'Line of the rating')], max_length=8, verbose_name='about')),
                ('ref', models.CharField(max_length=64)),
                ('decision_ref', models.CharField(blank=True, max_length=22)),
                ('involved', django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), default=list, size=None)),
                ('at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='received')),
                ('text', models.TextField(verbose_name='what is wrong, and why')),
                ('mark_by', models.DateField(verbose_name='to be marked by')),
                ('answer_by', models.DateField(verbose_name='to be answered by')),
                ('state', models.CharField(choices=[('open', 'Being looked into'), ('upheld', 'Objection upheld'), ('refused', 'Objection not upheld'), ('withdrawn', 'Withdrawn')], default='open', max_length=9, verbose_name='state')),
                ('reasons', models.TextField(blank=True, verbose_name='reasons')),
                ('answered_at', models.DateTimeField(null=True)),
                ('answered_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('association', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='associations.association')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='by')),
                ('fact', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='associations.fact')),
                ('membership', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='associations.membership')),
            ],
            options={
                'verbose_name': 'objection',
                'verbose_name_plural': 'objections',
                'indexes': [models.Index(fields=['association', 'state', 'answer_by'], name='objection_by_state'), models.Index(fields=['association', 'membership'], name='objection_of_member')],
                'constraints': [models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='objection_says_what'), models.UniqueConstraint(condition=models.Q(('state', 'open')), fields=('association', 'membership', 'thing', 'ref'), name='objection_open_once'), models.CheckConstraint(condition=models.Q(models.Q(('involved__contains', [models.F('answered_by')]), _negated=True), models.Q(('answered_by', None), models.Q(('answered_by', models.F('by')), _negated=True), _connector='OR')), name='objection_answered_by_another'), models.CheckConstraint(condition=models.Q(models.Q(('answered_at', None), ('answered_by', None), ('state__in', ['open', 'withdrawn'])), models.Q(models.Q(('state__in', ['open', 'withdrawn']), _negated=True), ('answered_at__isnull', False), ('answered_by__isnull', False), models.Q(('reasons', ''), _negated=True)), _connector='OR'), name='objection_answered_with_reasons')],
            },
        ),
        migrations.CreateModel(
            name='OwnStatement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(editable=False, max_length=22, unique=True)),
                ('thing', models.CharField(choices=[('fact', 'Fact of the conduct file'), ('decision', 'Decision'), ('bar', 'Bar'), ('line', 'Line of the rating')], max_length=8, verbose_name='about')),
                ('ref', models.CharField(max_length=64)),
                ('decision_ref', models.CharField(blank=True, max_length=22)),
                ('involved', django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), default=list, size=None)),
                ('at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='received')),
                ('text', models.TextField(max_length=1000, verbose_name='own statement')),
                ('state', models.CharField(choices=[('written', 'Written, not yet checked'), ('passed', 'Stands beside the record'), ('withheld', 'Withheld from the public'), ('taken_back', 'Taken back')], default='written', max_length=10, verbose_name='state')),
                ('reasons', models.TextField(blank=True, verbose_name='reasons')),
                ('checked_at', models.DateTimeField(null=True)),
                ('taken_back_at', models.DateTimeField(null=True)),
                ('association', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='associations.association')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='by')),
                ('checked_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('fact', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='associations.fact')),
                ('membership', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='associations.membership')),
            ],
            options={
                'verbose_name': 'own statement',
                'verbose_name_plural': 'own statements',
                'indexes': [models.Index(fields=['association', 'state'], name='statement_by_state')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('text', ''), _negated=True), django.db.models.lookups.LessThanOrEqual(django.db.models.functions.text.Length('text'), 1000)), name='statement_of_a_thousand'), models.UniqueConstraint(condition=models.Q(('state', 'taken_back'), _negated=True), fields=('association', 'membership', 'thing', 'ref'), name='statement_one_beside_a_record'), models.CheckConstraint(condition=models.Q(models.Q(('involved__contains', [models.F('checked_by')]), _negated=True), models.Q(('checked_by', None), models.Q(('checked_by', models.F('by')), _negated=True), _connector='OR')), name='statement_checked_by_another'), models.CheckConstraint(condition=models.Q(models.Q(('checked_at', None), ('checked_by', None), ('state', 'written')), models.Q(('state', 'taken_back'), ('taken_back_at__isnull', False)), models.Q(('checked_at__isnull', False), ('checked_by__isnull', False), ('state__in', ['passed', 'withheld']), models.Q(('reasons', ''), _negated=True)), _connector='OR'), name='statement_checked_with_reasons')],
            },
        ),
        migrations.CreateModel(
            name='Repair',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(editable=False, max_length=22, unique=True)),
                ('thing', models.CharField(choices=[('fact', 'Fact of the conduct file'), ('decision', 'Decision'), ('bar', 'Bar'), ('line', 'Line of the rating')], max_length=8, verbose_name='about')),
                ('ref', models.CharField(max_length=64)),
                ('decision_ref', models.CharField(blank=True, max_length=22)),
                ('involved', django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), default=list, size=None)),
                ('at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='received')),
                ('performed', models.TextField(verbose_name='how it was corrected and performed')),
                ('undertaking', models.TextField(verbose_name='public undertaking')),
                ('asked_on', models.DateField(default=django.utils.timezone.localdate)),
                ('from_on', models.DateField(verbose_name='least term over on')),
                ('answer_by', models.DateField(verbose_name='to be answered by')),
                ('state', models.CharField(choices=[('asked', 'Applied for'), ('granted', 'Granted'), ('refused', 'Refused'), ('withdrawn', 'Withdrawn')], default='asked', max_length=9, verbose_name='state')),
                ('term_over', models.BooleanField(null=True, verbose_name='least term of publication reached')),
                ('is_performed', models.BooleanField(null=True, verbose_name='corrected and fully performed')),
                ('has_undertaken', models.BooleanField(null=True, verbose_name='public undertaking made')),
                ('else_met', models.BooleanField(null=True, verbose_name='other conditions of law met')),
                ('reasons', models.TextField(blank=True, verbose_name='reasons')),
                ('answered_at', models.DateTimeField(null=True)),
                ('answered_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('association', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='associations.association')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='by')),
                ('fact', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='associations.fact')),
                ('membership', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='associations.membership')),
            ],
            options={
                'verbose_name': 'repair',
                'verbose_name_plural': 'repairs',
                'indexes': [models.Index(fields=['association', 'state', 'answer_by'], name='repair_by_state'), models.Index(fields=['association', 'membership'], name='repair_of_member')],
                'constraints': [models.CheckConstraint(condition=models.Q(('fact__isnull', False)), name='repair_of_a_record'), models.CheckConstraint(condition=models.Q(('asked_on__gte', models.F('from_on'))), name='repair_asked_after_least_term'), models.CheckConstraint(condition=models.Q(models.Q(('undertaking', ''), _negated=True), models.Q(('performed', ''), _negated=True)), name='repair_undertakes'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'granted'), _negated=True), models.Q(('else_met', True), ('else_met__isnull', False), ('has_undertaken', True), ('has_undertaken__isnull', False), ('is_performed', True), ('is_performed__isnull', False), ('term_over', True), ('term_over__isnull', False)), _connector='OR'), name='repair_granted_on_four_conditions'), models.UniqueConstraint(condition=models.Q(('state__in', ['asked', 'granted'])), fields=('association', 'fact'), name='repair_once_at_a_time'), models.CheckConstraint(condition=models.Q(models.Q(('involved__contains', [models.F('answered_by')]), _negated=True), models.Q(('answered_by', None), models.Q(('answered_by', models.F('by')), _negated=True), _connector='OR')), name='repair_decided_by_another'), models.CheckConstraint(condition=models.Q(models.Q(('answered_at', None), ('answered_by', None), ('state__in', ['asked', 'withdrawn'])), models.Q(models.Q(('state__in', ['asked', 'withdrawn']), _negated=True), ('answered_at__isnull', False), ('answered_by__isnull', False), models.Q(('reasons', ''), _negated=True)), _connector='OR'), name='repair_answered_with_reasons')],
            },
        ),
    ]
