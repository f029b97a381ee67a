import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('associations', '0007_course_of_a_case'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='FeePaid',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('year', models.SmallIntegerField(verbose_name='for the year')),
                ('amount', models.BigIntegerField(verbose_name='amount')),
                ('paid_on', models.DateField(verbose_name='paid on')),
                ('receipt', models.CharField(max_length=40, verbose_name='receipt number')),
                ('reason', models.CharField(blank=True, max_length=200, verbose_name='reason')),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('association', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='associations.association')),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('membership', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='associations.membership')),
            ],
            options={
                'verbose_name': 'fee payment',
                'verbose_name_plural': 'fee payments',
                'indexes': [models.Index(fields=['association', 'membership', 'year'], name='fee_of_member'), models.Index(fields=['association', 'year', '-id'], name='fee_by_year')],
                'constraints': [models.UniqueConstraint(fields=('association', 'receipt'), name='fee_receipt_once'), models.CheckConstraint(condition=models.Q(('receipt', ''), _negated=True), name='fee_has_its_receipt'), models.CheckConstraint(condition=models.Q(('amount__range', (-100000000000, 100000000000)), models.Q(('amount', 0), _negated=True)), name='fee_is_some_amount'), models.CheckConstraint(condition=models.Q(('amount__gt', 0), models.Q(('reason', ''), _negated=True), _connector='OR'), name='fee_given_back_with_reason'), models.CheckConstraint(condition=models.Q(('year__range', (1990, 2100))), name='fee_possible_year')],
            },
        ),
        migrations.CreateModel(
            name='FeeTable',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.CharField(max_length=20, verbose_name='version')),
                ('adopted_on', models.DateField(verbose_name='adopted on')),
                ('effective_on', models.DateField(verbose_name='in force from')),
                ('basis', models.CharField(max_length=200, verbose_name='adopted by')),
                ('items', models.JSONField(verbose_name='items')),
                ('association', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='associations.association')),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'fee table',
                'verbose_name_plural': 'fee tables',
                'constraints': [models.UniqueConstraint(fields=('association', 'version'), name='fee_table_version_once'), models.CheckConstraint(condition=models.Q(('basis', ''), _negated=True), name='fee_table_says_by_whom'), models.CheckConstraint(condition=models.Q(('effective_on__gte', models.F('adopted_on'))), name='fee_table_adopted_first')],
            },
        ),
    ]
