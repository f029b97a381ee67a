
import django.contrib.postgres.fields
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('associations', '0011_remedies'),
        ('core', '0004_linked'),
        ('credit', '0009_published_accounts'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='BarChange',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('bar_public_id', models.CharField(max_length=22)),
                ('became', models.CharField(choices=[('listed', 'In force'), ('suspended', 'Suspended on appeal'), ('lifted', 'Lifted'), ('expired', 'Expired'), ('contested', 'Contested')], max_length=10, verbose_name='state')),
                ('at', models.DateTimeField()),
                ('seen_at', models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name='BarReview',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(editable=False, max_length=22, unique=True)),
                ('involved', django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), default=list, size=None)),
                ('keep', models.BooleanField()),
                ('reasons', models.TextField(verbose_name='reasons')),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('agreed', models.BooleanField(null=True)),
                ('second_reasons', models.TextField(blank=True, verbose_name='reasons')),
                ('second_at', models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name='Inquiry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(editable=False, max_length=22, unique=True)),
                ('officer', models.CharField(max_length=60, verbose_name='asked by')),
                ('question', models.TextField(verbose_name='question')),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
            ],
        ),
        migrations.CreateModel(
            name='InquiryAnswer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.TextField(verbose_name='answer')),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
            ],
        ),
        migrations.CreateModel(
            name='OwnInquiry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(max_length=22, unique=True)),
                ('bar_public_id', models.CharField(max_length=22)),
                ('question', models.TextField(verbose_name='question')),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('answer', models.TextField(blank=True, verbose_name='answer')),
                ('answered_at', models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name='PublishedWithdrawal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(max_length=22, unique=True)),
                ('kind', models.CharField(choices=[('rating', 'Rating'), ('decision', 'Decision'), ('bar', 'Bar')], max_length=8)),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
            ],
        ),
        migrations.AddField(
            model_name='bar',
            name='involved',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), default=list, size=None),
        ),
        migrations.AlterField(
            model_name='candidate',
            name='withdrawn_for',
            field=models.CharField(blank=True, choices=[('period_over', 'The period of publication is over'), ('reversed', 'The decision was reversed'), ('repaired', 'The record was repaired'), ('appealed', 'An appeal is pending'), ('bar_ended', 'The bar has ended or is suspended'), ('left', 'No longer a member'), ('consent', 'Consent was withdrawn'), ('grade_changed', 'The grade changed and must be confirmed again'), ('officer', 'Taken off by an officer')], max_length=13),
        ),
        migrations.RunSQL(
            # a ground is the catalogue's name for what was found; of older bars the decision stands for it
            "UPDATE credit_bar SET ground = decision_ref WHERE ground = ''", migrations.RunSQL.noop
        ),
        migrations.AddConstraint(
            model_name='bar',
            constraint=models.CheckConstraint(condition=models.Q(('ground', ''), _negated=True), name='bar_states_its_ground'),
        ),
        migrations.AddField(
            model_name='barchange',
            name='association',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='associations.association'),
        ),
        migrations.AddField(
            model_name='barchange',
            name='seen_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='barchange',
            name='set_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='associations.association'),
        ),
        migrations.AddField(
            model_name='barreview',
            name='association',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='associations.association'),
        ),
        migrations.AddField(
            model_name='barreview',
            name='bar',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='reviews', to='credit.bar'),
        ),
        migrations.AddField(
            model_name='barreview',
            name='by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='barreview',
            name='second',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='inquiry',
            name='asked_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='associations.association'),
        ),
        migrations.AddField(
            model_name='inquiry',
            name='association',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='associations.association'),
        ),
        migrations.AddField(
            model_name='inquiry',
            name='bar',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='inquiries', to='credit.bar'),
        ),
        migrations.AddField(
            model_name='inquiryanswer',
            name='association',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='associations.association'),
        ),
        migrations.AddField(
            model_name='inquiryanswer',
            name='by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='inquiryanswer',
            name='inquiry',
            field=models.OneToOneField(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='answer', to='credit.inquiry'),
        ),
        migrations.AddField(
            model_name='owninquiry',
            name='association',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='associations.association'),
        ),
        migrations.AddField(
            model_name='owninquiry',
            name='by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='owninquiry',
            name='set_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='associations.association'),
        ),
        migrations.AddIndex(
            model_name='publishedwithdrawal',
            index=models.Index(fields=['at'], name='published_withdrawal_time'),
        ),
        migrations.AddConstraint(
            model_name='barchange',
            constraint=models.UniqueConstraint(fields=('association', 'bar_public_id', 'at'), name='bar_change_told_once'),
        ),
        migrations.AddConstraint(
            model_name='barchange',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('seen_at', None), ('seen_by', None)), models.Q(('seen_at__isnull', False), ('seen_by__isnull', False)), _connector='OR'), name='bar_change_seen_by_somebody'),
        ),
        migrations.AddConstraint(
            model_name='barreview',
            constraint=models.CheckConstraint(condition=models.Q(('reasons', ''), _negated=True), name='review_has_reasons'),
        ),
        migrations.AddConstraint(
            model_name='barreview',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('involved__contains', [models.F('by')]), _negated=True), models.Q(('involved__contains', [models.F('second')]), _negated=True)), name='review_by_people_not_involved'),
        ),
        migrations.AddConstraint(
            model_name='barreview',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('agreed', None), ('second', None), ('second_at', None)), models.Q(('agreed__isnull', False), ('keep', False), ('second__isnull', False), ('second_at__isnull', False), models.Q(('second', models.F('by')), _negated=True), models.Q(('second_reasons', ''), _negated=True)), _connector='OR'), name='review_lifts_by_two'),
        ),
        migrations.AddConstraint(
            model_name='barreview',
            constraint=models.UniqueConstraint(condition=models.Q(('agreed', None), ('keep', False)), fields=('association', 'bar'), name='review_lifting_once'),
        ),
        migrations.AddIndex(
            model_name='inquiry',
            index=models.Index(fields=['association', 'bar', '-id'], name='inquiry_of_bar'),
        ),
        migrations.AddConstraint(
            model_name='inquiry',
            constraint=models.CheckConstraint(condition=models.Q(('question', ''), _negated=True), name='inquiry_asks_something'),
        ),
        migrations.AddConstraint(
            model_name='inquiry',
            constraint=models.CheckConstraint(condition=models.Q(('asked_by', models.F('association')), _negated=True), name='inquiry_from_elsewhere'),
        ),
        migrations.AddConstraint(
            model_name='inquiryanswer',
            constraint=models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='inquiry_answer_says_something'),
        ),
        migrations.AddIndex(
            model_name='owninquiry',
            index=models.Index(fields=['association', 'bar_public_id'], name='own_inquiry_of_bar'),
        ),
        migrations.AddConstraint(
            model_name='owninquiry',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('answer', ''), ('answered_at', None)), models.Q(models.Q(('answer', ''), _negated=True), ('answered_at__isnull', False)), _connector='OR'), name='own_inquiry_answered_whole'),
        ),
    ]
