import django.db.models.deletion
from django.conf import settings
from django.contrib.postgres.operations import AddConstraintNotValid
from django.db import migrations, models

# Earlier reversals learn the measure of their decision, and those on appeal by which decision they came about; those
# of the gravest that one person made, as was lawful then, are marked: no new row can bear that mark. The
# tables are kept from changes and from their owner otherwise; the walls are raised again after the migration. A row
# changed twice has its keys checked at the end, and no table is altered before: so they are checked at once.
OPEN = "ALTER TABLE associations_{0} NO FORCE ROW LEVEL SECURITY;"
SHUT = "ALTER TABLE associations_{0} FORCE ROW LEVEL SECURITY;"
TABLES = ("reversal", "decision", "appeal", "appealdecision")
FILL = f"""
{" ".join(map(OPEN.format, TABLES))}
ALTER TABLE associations_reversal DISABLE TRIGGER USER;
UPDATE associations_reversal reversal SET measure = decision.measure
  FROM associations_decision decision WHERE decision.id = reversal.decision_id;
UPDATE associations_reversal reversal SET on_appeal_id = decided.id, outcome = decided.outcome
  FROM associations_appeal appeal JOIN associations_appealdecision decided ON decided.appeal_id = appeal.id
  WHERE appeal.decision_id = reversal.decision_id AND decided.outcome IN ('allow', 'send_back');
UPDATE associations_reversal SET approved = 'earlier' WHERE measure >= 5 AND on_appeal_id IS NULL;
SET CONSTRAINTS ALL IMMEDIATE;
ALTER TABLE associations_reversal ENABLE TRIGGER USER;
{" ".join(map(SHUT.format, TABLES))}
"""


class Migration(migrations.Migration):

    dependencies = [
        ('associations', '0015_filed_by_key'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='reversal',
            name='approved',
            field=models.CharField(blank=True, default='', max_length=9),
        ),
        migrations.AddField(
            model_name='reversal',
            name='measure',
            field=models.SmallIntegerField(choices=[(1, 'Talk, undertaking or extra training'), (2, 'Warning, correction ordered'), (3, 'Censure among members'), (4, 'Public censure, member rights suspended'), (5, 'Expulsion'), (6, 'Bar for life')], default=1),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='reversal',
            name='on_appeal',
            field=models.OneToOneField(db_constraint=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='reversal', to='associations.appealdecision'),
        ),
        migrations.AddField(
            model_name='reversal',
            name='outcome',
            field=models.CharField(blank=True, choices=[('uphold', 'Upheld'), ('lighten', 'Changed to a lighter measure'), ('allow', 'Reversed'), ('send_back', 'Sent back to be judged anew')], default='', max_length=10),
        ),
        migrations.AddField(
            model_name='reversal',
            name='proposed_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AlterField(
            model_name='caseevent',
            name='step',
            field=models.CharField(choices=[('lead', 'Lead received'), ('open', 'Case opened'), ('record', 'Past decision recorded'), ('continue', 'Opened again, sent back on appeal'), ('file', 'Case filed, investigator named'), ('reassign', 'Investigator replaced'), ('report', 'Investigation reported'), ('extend', 'Time extended'), ('lay_notice', 'Prior notice laid out at the desk'), ('serve_notice', 'Prior notice served'), ('take_statement', 'Statement received'), ('waive', 'Statement and hearing waived'), ('lapse', 'Time for the statement over'), ('ask_hearing', 'Hearing asked for'), ('give_up_hearing', 'Hearing given up'), ('call_hearing', 'Hearing announced'), ('hold_hearing', 'Hearing held'), ('weigh', 'Circumstance noted'), ('form_panel', 'Panel formed'), ('recuse', 'Panel member recused'), ('replace', 'Replacement seated'), ('vote', 'Vote cast'), ('board_vote', 'Vote of the board recorded'), ('approve', 'Bar approved'), ('decide', 'Decision made'), ('serve_decision', 'Decision handed over'), ('take_effect', 'Time for appeal over'), ('appeal', 'Appeal received'), ('opine', 'Opinion on the appeal given'), ('withdraw_appeal', 'Appeal withdrawn'), ('uphold', 'Upheld on appeal'), ('lighten', 'Changed to a lighter measure on appeal'), ('allow', 'Reversed on appeal'), ('send_back', 'Sent back on appeal'), ('perform', 'Performance recorded'), ('close', 'Case closed'), ('serve_appeal', 'Decision on the appeal handed over'), ('propose_reversal', 'Reversal proposed'), ('refuse_reversal', 'Reversal not approved'), ('drop_reversal', 'Proposal to reverse taken back'), ('reverse', 'Decision reversed'), ('no_case', 'No case'), ('drop', 'Case dropped'), ('withdraw', 'Complaint withdrawn'), ('settle', 'Settled'), ('transfer', 'Handed to another body'), ('time_bar', 'Out of time')], max_length=20),
        ),
        migrations.AlterField(
            model_name='consent',
            name='purpose',
            field=models.CharField(choices=[('join', 'Membership'), ('rate', 'Being rated'), ('publish', 'Publication'), ('share', 'Sharing with a named receiver'), ('deliver', 'Being served at the member desk')], max_length=8, verbose_name='purpose'),
        ),
        migrations.AlterField(
            model_name='document',
            name='kind',
            field=models.CharField(choices=[('notice', 'Prior notice'), ('hearing', 'Notice of hearing'), ('minutes', 'Minutes of the hearing'), ('decision', 'Decision'), ('service', 'Service record'), ('appeal', 'Decision on appeal'), ('receipt', 'Service record of the decision on appeal'), ('repair', 'Repair decision'), ('guide', 'Repair guide')], max_length=10, verbose_name='kind'),
        ),
        migrations.AlterField(
            model_name='template',
            name='kind',
            field=models.CharField(choices=[('notice', 'Prior notice'), ('hearing', 'Notice of hearing'), ('minutes', 'Minutes of the hearing'), ('decision', 'Decision'), ('service', 'Service record'), ('appeal', 'Decision on appeal'), ('receipt', 'Service record of the decision on appeal'), ('repair', 'Repair decision'), ('guide', 'Repair guide')], max_length=10, verbose_name='kind'),
        ),
        migrations.CreateModel(
            name='AppealService',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('decided_on', models.DateField()),
                ('served_on', models.DateField(verbose_name='served on')),
                ('method', models.CharField(max_length=60, verbose_name='how served')),
                ('proof', models.CharField(max_length=200, verbose_name='proof of service')),
                ('association', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='associations.association')),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('decided', models.OneToOneField(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='service', to='associations.appealdecision')),
            ],
        ),
        migrations.CreateModel(
            name='NoticeLaid',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.TextField(verbose_name='facts, reasons, basis and measure intended')),
                ('measure', models.SmallIntegerField(choices=[(1, 'Talk, undertaking or extra training'), (2, 'Warning, correction ordered'), (3, 'Censure among members'), (4, 'Public censure, member rights suspended'), (5, 'Expulsion'), (6, 'Bar for life')], verbose_name='measure intended')),
                ('laid_on', models.DateField(verbose_name='laid out on')),
                ('association', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='associations.association')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('case', models.OneToOneField(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='laid', to='associations.case')),
            ],
        ),
        migrations.CreateModel(
            name='ReversalProposal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('side', models.CharField(default='review', max_length=8)),
                ('reasons', models.TextField(verbose_name='reasons')),
                ('proposed_on', models.DateField(verbose_name='proposed on')),
                ('answer_by', models.DateField(verbose_name='to be answered by')),
                ('state', models.CharField(choices=[('open', 'Waits for a second reviewer'), ('approved', 'Approved'), ('refused', 'Not approved'), ('dropped', 'Taken back'), ('overtaken', 'Overtaken by the appeal')], default='open', max_length=9, verbose_name='state')),
                ('answer', models.TextField(blank=True, verbose_name='reasons of the answer')),
                ('answered_on', models.DateField(null=True, verbose_name='answered on')),
                ('answered_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('association', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='associations.association')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('case', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='reversal_proposals', to='associations.case')),
                ('decision', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='reversal_proposals', to='associations.decision')),
                ('part', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='associations.part')),
            ],
            options={
                'verbose_name': 'proposal to reverse',
                'verbose_name_plural': 'proposals to reverse',
            },
        ),
        migrations.AddField(
            model_name='reversal',
            name='proposal',
            field=models.OneToOneField(db_constraint=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='reversal', to='associations.reversalproposal'),
        ),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
        AddConstraintNotValid(
            model_name='reversal',
            constraint=models.CheckConstraint(condition=models.Q(('measure__lt', 5), models.Q(('on_appeal__isnull', False), ('outcome__in', ['allow', 'send_back'])), models.Q(('approved', 'approved'), ('proposal__isnull', False), ('proposed_by__isnull', False), models.Q(('proposed_by', models.F('by')), _negated=True)), _connector='OR'), name='reversal_of_the_gravest_by_two'),  # not of those that one person made before
        ),
        migrations.AddConstraint(
            model_name='appealservice',
            constraint=models.CheckConstraint(condition=models.Q(('proof', ''), _negated=True), name='appeal_service_is_proven'),
        ),
        migrations.AddConstraint(
            model_name='appealservice',
            constraint=models.CheckConstraint(condition=models.Q(('served_on__gte', models.F('decided_on'))), name='appeal_served_once_decided'),
        ),
        migrations.AddConstraint(
            model_name='noticelaid',
            constraint=models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='notice_laid_says_something'),
        ),
        migrations.AddConstraint(
            model_name='reversalproposal',
            constraint=models.UniqueConstraint(condition=models.Q(('state__in', ['open', 'approved'])), fields=('association', 'decision'), name='proposal_one_at_a_time'),
        ),
        migrations.AddConstraint(
            model_name='reversalproposal',
            constraint=models.CheckConstraint(condition=models.Q(('side', 'review')), name='proposal_by_a_reviewer'),
        ),
        migrations.AddConstraint(
            model_name='reversalproposal',
            constraint=models.CheckConstraint(condition=models.Q(('reasons', ''), _negated=True), name='proposal_has_reasons'),
        ),
        migrations.AddConstraint(
            model_name='reversalproposal',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('answered_by', None), ('answered_on', None), ('state', 'open')), models.Q(('answered_by', None), ('answered_on__isnull', False), ('state', 'overtaken')), models.Q(('answered_by__isnull', False), ('answered_on__isnull', False), models.Q(('answer', ''), _negated=True), models.Q(models.Q(('answered_by', models.F('by')), ('state', 'dropped')), models.Q(('state__in', ['approved', 'refused']), models.Q(('answered_by', models.F('by')), _negated=True)), _connector='OR')), _connector='OR'), name='proposal_answered_by_another'),
        ),
    ]
