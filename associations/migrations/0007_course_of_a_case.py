"""The whole course of a case: lead, investigation, hearing, board, appeal, performance; who is what to a case."""

import datetime
import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.expressions
import django.db.models.lookups
from django.conf import settings
from django.contrib.postgres.operations import AddConstraintNotValid
from django.db import migrations, models


FILL = """
-- Forced row security would show an owner who is no superuser nothing to fill in.
ALTER TABLE associations_case NO FORCE ROW LEVEL SECURITY;
ALTER TABLE associations_decision NO FORCE ROW LEVEL SECURITY;
ALTER TABLE associations_notice NO FORCE ROW LEVEL SECURITY;
ALTER TABLE associations_part NO FORCE ROW LEVEL SECURITY;
ALTER TABLE associations_seat NO FORCE ROW LEVEL SECURITY;
ALTER TABLE associations_service NO FORCE ROW LEVEL SECURITY;

-- Cases under way were investigated by who opened them; filing and report were one step with the opening.
UPDATE associations_case SET
  filed_on = opened_on, since = opened_on, investigator_id = opened_by_id,
  reported = imported OR state NOT IN ('filed', 'dropped');
UPDATE associations_case SET due_on = opened_on + 90 WHERE state IN ('filed', 'heard', 'panel');
UPDATE associations_case SET since = notice.served_on, due_on = notice.answer_until
  FROM associations_notice notice WHERE notice.case_id = associations_case.id AND state = 'noticed';
UPDATE associations_case SET since = decision.decided_on, due_on = decision.appeal_until
  FROM associations_decision decision WHERE decision.case_id = associations_case.id AND state = 'served';
UPDATE associations_case SET since = service.served_on, due_on = service.appeal_until
  FROM associations_decision decision JOIN associations_service service ON service.decision_id = decision.id
  WHERE decision.case_id = associations_case.id AND state = 'served';

INSERT INTO associations_part (association_id, case_id, opened_by_id, imported, user_id, side)
  SELECT association_id, id, opened_by_id, false, opened_by_id, 'accuse' FROM associations_case WHERE NOT imported;
INSERT INTO associations_part (association_id, case_id, opened_by_id, imported, user_id, side)
  SELECT seat.association_id, seat.case_id, seat.opened_by_id, false, seat.user_id, 'judge'
  FROM associations_seat seat;
INSERT INTO associations_part (association_id, case_id, opened_by_id, imported, user_id, side)
  SELECT association_id, case_id, opened_by_id, false, decided_by_id, 'judge'
  FROM associations_decision WHERE NOT imported
  ON CONFLICT DO NOTHING;
UPDATE associations_seat SET part_id = part.id FROM associations_part part
  WHERE part.case_id = associations_seat.case_id AND part.user_id = associations_seat.user_id;
SET CONSTRAINTS ALL IMMEDIATE;
"""


class Migration(migrations.Migration):

    dependencies = [
        ('associations', '0006_evidence'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Appeal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('measure', models.SmallIntegerField(choices=[(1, 'Talk, undertaking or extra training'), (2, 'Warning, correction ordered'), (3, 'Censure among members'), (4, 'Public censure, member rights suspended'), (5, 'Expulsion'), (6, 'Bar for life')])),
                ('filed_on', models.DateField(verbose_name='received on')),
                ('until', models.DateField(verbose_name='appeal until')),
                ('grounds', models.TextField(verbose_name='grounds')),
            ],
        ),
        migrations.CreateModel(
            name='AppealDecision',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('original', models.SmallIntegerField(choices=[(1, 'Talk, undertaking or extra training'), (2, 'Warning, correction ordered'), (3, 'Censure among members'), (4, 'Public censure, member rights suspended'), (5, 'Expulsion'), (6, 'Bar for life')])),
                ('outcome', models.CharField(choices=[('uphold', 'Upheld'), ('lighten', 'Changed to a lighter measure'), ('allow', 'Reversed'), ('send_back', 'Sent back to be judged anew')], max_length=10, verbose_name='outcome')),
                ('measure', models.SmallIntegerField(choices=[(1, 'Talk, undertaking or extra training'), (2, 'Warning, correction ordered'), (3, 'Censure among members'), (4, 'Public censure, member rights suspended'), (5, 'Expulsion'), (6, 'Bar for life')], null=True, verbose_name='measure')),
                ('severity', models.SmallIntegerField(choices=[(0, 'None'), (1, 'Minor'), (2, 'General'), (3, 'Serious'), (4, 'Extreme')], null=True, verbose_name='severity')),
                ('ends_on', models.DateField(null=True, verbose_name='measure ends on')),
                ('reasons', models.TextField(verbose_name='reasons')),
                ('decided_on', models.DateField(verbose_name='decided on')),
            ],
        ),
        migrations.CreateModel(
            name='AppealOpinion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('side', models.CharField(default='review', max_length=8)),
                ('outcome', models.CharField(choices=[('uphold', 'Upheld'), ('lighten', 'Changed to a lighter measure'), ('allow', 'Reversed'), ('send_back', 'Sent back to be judged anew')], max_length=10, verbose_name='outcome')),
                ('measure', models.SmallIntegerField(choices=[(1, 'Talk, undertaking or extra training'), (2, 'Warning, correction ordered'), (3, 'Censure among members'), (4, 'Public censure, member rights suspended'), (5, 'Expulsion'), (6, 'Bar for life')], null=True, verbose_name='measure')),
                ('reasons', models.TextField(verbose_name='reasons')),
                ('given_on', models.DateField(verbose_name='given on')),
            ],
        ),
        migrations.CreateModel(
            name='Approval',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('side', models.CharField(default='approve', max_length=8)),
                ('ground', models.TextField(verbose_name='ground')),
                ('approved_on', models.DateField(verbose_name='approved on')),
            ],
        ),
        migrations.CreateModel(
            name='BoardVote',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('quorum_numerator', models.PositiveSmallIntegerField()),
                ('quorum_of', models.PositiveSmallIntegerField()),
                ('measure', models.SmallIntegerField(choices=[(1, 'Talk, undertaking or extra training'), (2, 'Warning, correction ordered'), (3, 'Censure among members'), (4, 'Public censure, member rights suspended'), (5, 'Expulsion'), (6, 'Bar for life')], verbose_name='measure')),
                ('held_on', models.DateField(verbose_name='held on')),
                ('due', models.PositiveSmallIntegerField(verbose_name='members due')),
                ('present', models.PositiveSmallIntegerField(verbose_name='members present')),
                ('in_favour', models.PositiveSmallIntegerField(verbose_name='votes in favour')),
                ('carried', models.BooleanField()),
                ('record', models.CharField(max_length=200, verbose_name='where it is recorded')),
            ],
        ),
        migrations.CreateModel(
            name='Circumstance',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('repeat', 'The same within twelve months'), ('obstruct', 'Obstruction of the inquiry'), ('sham', 'Sham correction'), ('retaliate', 'Retaliation against who complained'), ('first', 'First and slight'), ('self', 'Reported by the member itself'), ('corrected', 'Corrected in time'), ('paid', 'Compensation paid')], max_length=10, verbose_name='circumstance')),
                ('words', models.TextField(verbose_name='by what it is known')),
                ('found_on', models.DateField()),
            ],
        ),
        migrations.CreateModel(
            name='Ending',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('no_case', 'No case'), ('drop', 'Case dropped'), ('withdraw', 'Complaint withdrawn'), ('settle', 'Settled'), ('transfer', 'Handed to another body'), ('time_bar', 'Out of time')], max_length=20)),
                ('ended_on', models.DateField(verbose_name='ended on')),
                ('reasons', models.TextField(verbose_name='reasons')),
                ('receiver', models.CharField(blank=True, max_length=160, verbose_name='handed to')),
                ('receipt', models.CharField(blank=True, max_length=200, verbose_name='receipt')),
            ],
        ),
        migrations.CreateModel(
            name='Extension',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('clock', models.CharField(max_length=10)),
                ('days', models.PositiveSmallIntegerField()),
                ('reasons', models.TextField(verbose_name='reasons')),
                ('on', models.DateField()),
            ],
        ),
        migrations.CreateModel(
            name='Hearing',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('asked_on', models.DateField(verbose_name='asked for on')),
                ('words', models.TextField(blank=True, verbose_name='what the member says')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='HearingCall',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('side', models.CharField(default='judge', max_length=8)),
                ('served_on', models.DateField(verbose_name='served on')),
                ('held_on', models.DateField(verbose_name='day of the hearing')),
                ('place', models.CharField(max_length=200, verbose_name='time and place')),
                ('method', models.CharField(max_length=60, verbose_name='how served')),
                ('proof', models.CharField(max_length=200, verbose_name='proof of service')),
            ],
        ),
        migrations.CreateModel(
            name='InvestigationReport',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('side', models.CharField(default='accuse', max_length=8)),
                ('findings', models.TextField(verbose_name='facts found, and by what they are proven')),
                ('proposal', models.TextField(blank=True, verbose_name='proposal')),
                ('reported_on', models.DateField(verbose_name='reported on')),
            ],
        ),
        migrations.CreateModel(
            name='LikeCases',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.SmallIntegerField(verbose_name='catalogue entry')),
                ('severity', models.SmallIntegerField(verbose_name='severity')),
                ('direction', models.SmallIntegerField(verbose_name='circumstances')),
                ('measure', models.SmallIntegerField(choices=[(0, 'another'), (1, 'Talk, undertaking or extra training'), (2, 'Warning, correction ordered'), (3, 'Censure among members'), (4, 'Public censure, member rights suspended'), (5, 'Expulsion'), (6, 'Bar for life')], verbose_name='measure')),
                ('count', models.PositiveIntegerField(verbose_name='decisions')),
            ],
        ),
        migrations.CreateModel(
            name='Minutes',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('held_on', models.DateField(verbose_name='held on')),
                ('attended', models.BooleanField(verbose_name='the member attended')),
                ('text', models.TextField(verbose_name='minutes')),
            ],
        ),
        migrations.CreateModel(
            name='Part',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('imported', models.BooleanField(default=False)),
                ('side', models.CharField(choices=[('accuse', 'opened or investigated it'), ('judge', 'judged it'), ('approve', 'approved the bar'), ('review', 'reviewed it on appeal'), ('before', 'had a hand in it before it was sent back')], max_length=8)),
            ],
        ),
        migrations.CreateModel(
            name='Performance',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('performed', models.BooleanField(verbose_name='carried out')),
                ('note', models.TextField(verbose_name='how it was carried out, or what is missing')),
                ('on', models.DateField()),
            ],
        ),
        migrations.AddField(
            model_name='case',
            name='continues',
            field=models.OneToOneField(db_constraint=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='continued_by', to='associations.case'),
        ),
        migrations.AddField(
            model_name='case',
            name='due_on',
            field=models.DateField(null=True, verbose_name='due on'),
        ),
        migrations.AddField(
            model_name='case',
            name='filed_on',
            field=models.DateField(null=True, verbose_name='filed on'),
        ),
        migrations.AddField(
            model_name='case',
            name='hearing_owed',
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name='case',
            name='investigator',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='case',
            name='origin',
            field=models.CharField(choices=[('patrol', "The association's own checks"), ('complaint', 'A complaint'), ('platform', 'A platform'), ('authority', 'An authority'), ('other', 'Elsewhere')], default='patrol', max_length=10, verbose_name='comes from'),
        ),
        migrations.AddField(
            model_name='case',
            name='origin_ref',
            field=models.CharField(blank=True, max_length=80, verbose_name='its number there'),
        ),
        migrations.AddField(
            model_name='case',
            name='reported',
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name='case',
            name='since',
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name='decision',
            name='board_carried',
            field=models.BooleanField(default=True),
        ),
        migrations.AddField(
            model_name='decision',
            name='departure',
            field=models.TextField(blank=True, verbose_name='reasons for leaving the usual range'),
        ),
        migrations.AddField(
            model_name='decision',
            name='hearing_owed',
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name='decision',
            name='range_least',
            field=models.SmallIntegerField(choices=[(1, 'Talk, undertaking or extra training'), (2, 'Warning, correction ordered'), (3, 'Censure among members'), (4, 'Public censure, member rights suspended'), (5, 'Expulsion'), (6, 'Bar for life')], null=True),
        ),
        migrations.AddField(
            model_name='decision',
            name='range_most',
            field=models.SmallIntegerField(choices=[(1, 'Talk, undertaking or extra training'), (2, 'Warning, correction ordered'), (3, 'Censure among members'), (4, 'Public censure, member rights suspended'), (5, 'Expulsion'), (6, 'Bar for life')], null=True),
        ),
        migrations.AddField(
            model_name='decision',
            name='reported',
            field=models.BooleanField(default=True),
        ),
        migrations.AddField(
            model_name='decision',
            name='side',
            field=models.CharField(default='judge', max_length=8),
        ),
        migrations.AddField(
            model_name='notice',
            name='hearing_until',
            field=models.DateField(null=True, verbose_name='hearing to be asked for by'),
        ),
        migrations.AddField(
            model_name='seat',
            name='side',
            field=models.CharField(default='judge', max_length=8),
        ),
        migrations.AlterField(
            model_name='case',
            name='state',
            field=models.CharField(choices=[('lead', 'Lead, being checked'), ('filed', 'Filed, being investigated'), ('reported', 'Investigated'), ('noticed', 'Notice served'), ('heard', 'Statement closed'), ('panel', 'Before the panel'), ('decided', 'Decided'), ('served', 'Decision served'), ('appealed', 'Under appeal'), ('effective', 'In force'), ('enforced', 'Performance recorded'), ('reversed', 'Reversed'), ('closed', 'Closed'), ('dropped', 'Ended without a decision'), ('history', 'History, does not count')], default='filed', max_length=10, verbose_name='state'),
        ),
        migrations.AlterField(
            model_name='caseevent',
            name='after',
            field=models.CharField(choices=[('lead', 'Lead, being checked'), ('filed', 'Filed, being investigated'), ('reported', 'Investigated'), ('noticed', 'Notice served'), ('heard', 'Statement closed'), ('panel', 'Before the panel'), ('decided', 'Decided'), ('served', 'Decision served'), ('appealed', 'Under appeal'), ('effective', 'In force'), ('enforced', 'Performance recorded'), ('reversed', 'Reversed'), ('closed', 'Closed'), ('dropped', 'Ended without a decision'), ('history', 'History, does not count')], max_length=10),
        ),
        migrations.AlterField(
            model_name='caseevent',
            name='before',
            field=models.CharField(blank=True, choices=[('lead', 'Lead, being checked'), ('filed', 'Filed, being investigated'), ('reported', 'Investigated'), ('noticed', 'Notice served'), ('heard', 'Statement closed'), ('panel', 'Before the panel'), ('decided', 'Decided'), ('served', 'Decision served'), ('appealed', 'Under appeal'), ('effective', 'In force'), ('enforced', 'Performance recorded'), ('reversed', 'Reversed'), ('closed', 'Closed'), ('dropped', 'Ended without a decision'), ('history', 'History, does not count')], max_length=10),
        ),
        migrations.AlterField(
            model_name='caseevent',
            name='step',
            field=models.CharField(choices=[('lead', 'Lead received'), ('open', 'Case opened'), ('record', 'Past decision recorded'), ('continue', 'Opened again, sent back on appeal'), ('file', 'Case filed, investigator named'), ('reassign', 'Investigator replaced'), ('report', 'Investigation reported'), ('extend', 'Time extended'), ('serve_notice', 'Prior notice served'), ('take_statement', 'Statement received'), ('waive', 'Statement and hearing waived'), ('lapse', 'Time for the statement over'), ('ask_hearing', 'Hearing asked for'), ('give_up_hearing', 'Hearing given up'), ('call_hearing', 'Hearing announced'), ('hold_hearing', 'Hearing held'), ('weigh', 'Circumstance noted'), ('form_panel', 'Panel formed'), ('recuse', 'Panel member recused'), ('replace', 'Replacement seated'), ('vote', 'Vote cast'), ('board_vote', 'Vote of the board recorded'), ('approve', 'Bar approved'), ('decide', 'Decision made'), ('serve_decision', 'Decision handed over'), ('take_effect', 'Time for appeal over'), ('appeal', 'Appeal received'), ('opine', 'Opinion on the appeal given'), ('withdraw_appeal', 'Appeal withdrawn'), ('uphold', 'Upheld on appeal'), ('lighten', 'Changed to a lighter measure on appeal'), ('allow', 'Reversed on appeal'), ('send_back', 'Sent back on appeal'), ('perform', 'Performance recorded'), ('close', 'Case closed'), ('reverse', 'Decision reversed'), ('no_case', 'No case'), ('drop', 'Case dropped'), ('withdraw', 'Complaint withdrawn'), ('settle', 'Settled'), ('transfer', 'Handed to another body'), ('time_bar', 'Out of time')], max_length=20),
        ),
        migrations.AlterField(
            model_name='decision',
            name='lacks',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('quorum', 'fewer members present than the charter asks'), ('majority', 'no majority of those present'), ('notice', 'no proof that notice was served before the decision'), ('statement', 'neither statement nor waiver nor lapse recorded'), ('defence_window', 'decided before the time for defence was over'), ('charter', 'no charter basis'), ('hearing', 'the hearing asked for was neither held nor given up, or may still be asked for'), ('board', 'no vote of the board that carries the measure'), ('approvals', 'fewer than two approvals by people not involved')], max_length=16), default=list, size=None),
        ),
        migrations.AddIndex(
            model_name='case',
            index=models.Index(condition=models.Q(('due_on__isnull', False)), fields=['association', 'due_on'], name='case_by_clock'),
        ),
        migrations.AddConstraint(
            model_name='case',
            constraint=models.CheckConstraint(condition=models.Q(('imported', True), ('reported', False), ('investigator__isnull', False), _connector='OR'), name='case_reported_by_its_investigator'),
        ),
        migrations.AddField(
            model_name='appeal',
            name='association',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='associations.association'),
        ),
        migrations.AddField(
            model_name='appeal',
            name='by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='appeal',
            name='case',
            field=models.OneToOneField(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='appeal', to='associations.case'),
        ),
        migrations.AddField(
            model_name='appeal',
            name='decision',
            field=models.OneToOneField(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='appeal', to='associations.decision'),
        ),
        migrations.AddField(
            model_name='appealdecision',
            name='appeal',
            field=models.OneToOneField(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='decided', to='associations.appeal'),
        ),
        migrations.AddField(
            model_name='appealdecision',
            name='association',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='associations.association'),
        ),
        migrations.AddField(
            model_name='appealdecision',
            name='first_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='appealdecision',
            name='second_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='appealopinion',
            name='appeal',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='opinions', to='associations.appeal'),
        ),
        migrations.AddField(
            model_name='appealopinion',
            name='association',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='associations.association'),
        ),
        migrations.AddField(
            model_name='appealopinion',
            name='case',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='associations.case'),
        ),
        migrations.AddField(
            model_name='appealopinion',
            name='user',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='appealdecision',
            name='first',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='associations.appealopinion'),
        ),
        migrations.AddField(
            model_name='appealdecision',
            name='second',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='associations.appealopinion'),
        ),
        migrations.AddField(
            model_name='approval',
            name='association',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='associations.association'),
        ),
        migrations.AddField(
            model_name='approval',
            name='case',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='approvals', to='associations.case'),
        ),
        migrations.AddField(
            model_name='approval',
            name='user',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='decision',
            name='approval',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='associations.approval'),
        ),
        migrations.AddField(
            model_name='decision',
            name='second_approval',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='associations.approval'),
        ),
        migrations.AddField(
            model_name='boardvote',
            name='association',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='associations.association'),
        ),
        migrations.AddField(
            model_name='boardvote',
            name='by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='boardvote',
            name='case',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='board_votes', to='associations.case'),
        ),
        migrations.AddField(
            model_name='boardvote',
            name='charter',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='associations.charterversion'),
        ),
        migrations.AddField(
            model_name='decision',
            name='board',
            field=models.OneToOneField(db_constraint=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='decision', to='associations.boardvote'),
        ),
        migrations.AddField(
            model_name='circumstance',
            name='association',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='associations.association'),
        ),
        migrations.AddField(
            model_name='circumstance',
            name='by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='circumstance',
            name='case',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='circumstances', to='associations.case'),
        ),
        migrations.AddField(
            model_name='ending',
            name='association',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='associations.association'),
        ),
        migrations.AddField(
            model_name='ending',
            name='by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='ending',
            name='case',
            field=models.OneToOneField(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='ending', to='associations.case'),
        ),
        migrations.AddField(
            model_name='extension',
            name='association',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='associations.association'),
        ),
        migrations.AddField(
            model_name='extension',
            name='by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='extension',
            name='case',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='extensions', to='associations.case'),
        ),
        migrations.AddField(
            model_name='hearing',
            name='association',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='associations.association'),
        ),
        migrations.AddField(
            model_name='hearing',
            name='by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='hearing',
            name='case',
            field=models.OneToOneField(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='hearing', to='associations.case'),
        ),
        migrations.AddField(
            model_name='hearingcall',
            name='association',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='associations.association'),
        ),
        migrations.AddField(
            model_name='hearingcall',
            name='by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='hearingcall',
            name='case',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='associations.case'),
        ),
        migrations.AddField(
            model_name='hearingcall',
            name='chair',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='hearingcall',
            name='hearing',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='calls', to='associations.hearing'),
        ),
        migrations.AddField(
            model_name='investigationreport',
            name='association',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='associations.association'),
        ),
        migrations.AddField(
            model_name='investigationreport',
            name='case',
            field=models.OneToOneField(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='report', to='associations.case'),
        ),
        migrations.AddField(
            model_name='investigationreport',
            name='user',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddConstraint(
            model_name='likecases',
            constraint=models.UniqueConstraint(fields=('code', 'severity', 'direction', 'measure'), name='like_cases_once'),
        ),
        migrations.AddConstraint(
            model_name='likecases',
            constraint=models.CheckConstraint(condition=models.Q(('count__gt', 0)), name='like_cases_some'),
        ),
        migrations.AddField(
            model_name='minutes',
            name='association',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='associations.association'),
        ),
        migrations.AddField(
            model_name='minutes',
            name='by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='minutes',
            name='call',
            field=models.OneToOneField(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='minutes', to='associations.hearingcall'),
        ),
        migrations.AddField(
            model_name='part',
            name='association',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='associations.association'),
        ),
        migrations.AddField(
            model_name='part',
            name='case',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='parts', to='associations.case'),
        ),
        migrations.AddField(
            model_name='part',
            name='opened_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='part',
            name='user',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='investigationreport',
            name='part',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='associations.part'),
        ),
        migrations.AddField(
            model_name='hearingcall',
            name='part',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='associations.part'),
        ),
        migrations.AddField(
            model_name='approval',
            name='part',
            field=models.OneToOneField(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='associations.part'),
        ),
        migrations.AddField(
            model_name='appealopinion',
            name='part',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='associations.part'),
        ),
        migrations.AddField(
            model_name='decision',
            name='part',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='associations.part'),
        ),
        migrations.AddField(
            model_name='seat',
            name='part',
            field=models.OneToOneField(null=True, db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='associations.part'),
        ),
        AddConstraintNotValid(
            model_name='decision',
            constraint=models.CheckConstraint(condition=models.Q(('imported', True), models.Q(('part__isnull', False), ('side', 'judge')), _connector='OR'), name='decision_signed_by_a_judge'),
        ),
        migrations.AddConstraint(
            model_name='decision',
            constraint=models.CheckConstraint(condition=models.Q(('range_least', None), models.Q(('measure__gte', models.F('range_least')), ('measure__lte', models.F('range_most'))), models.Q(('departure', ''), _negated=True), _connector='OR'), name='decision_outside_the_range_says_why'),
        ),
        migrations.AddConstraint(
            model_name='decision',
            constraint=models.CheckConstraint(condition=models.Q(('reported', True)), name='decision_after_investigation'),
        ),
        migrations.AddConstraint(
            model_name='decision',
            constraint=models.CheckConstraint(condition=models.Q(('hearing_owed', False)), name='decision_after_the_hearing'),
        ),
        AddConstraintNotValid(
            model_name='decision',
            constraint=models.CheckConstraint(condition=models.Q(('imported', True), ('measure__lt', 5), models.Q(('board__isnull', False), ('board_carried', True), models.Q(('statement', ''), _negated=True)), _connector='OR'), name='decision_expels_by_vote_of_the_board'),
        ),
        AddConstraintNotValid(
            model_name='decision',
            constraint=models.CheckConstraint(condition=models.Q(('imported', True), ('measure__lt', 6), models.Q(('approval__isnull', False), ('second_approval__isnull', False), models.Q(('approval', models.F('second_approval')), _negated=True)), _connector='OR'), name='decision_bars_for_life_with_two_approvals'),
        ),
        migrations.AddConstraint(
            model_name='seat',
            constraint=models.CheckConstraint(condition=models.Q(('side', 'judge')), name='seat_is_to_judge'),
        ),
        migrations.AddField(
            model_name='performance',
            name='association',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='associations.association'),
        ),
        migrations.AddField(
            model_name='performance',
            name='by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='performance',
            name='case',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='performances', to='associations.case'),
        ),
        migrations.AddConstraint(
            model_name='appeal',
            constraint=models.CheckConstraint(condition=models.Q(('filed_on__lte', models.F('until'))), name='appeal_in_time'),
        ),
        migrations.AddConstraint(
            model_name='appeal',
            constraint=models.CheckConstraint(condition=models.Q(('grounds', ''), _negated=True), name='appeal_has_grounds'),
        ),
        migrations.AddConstraint(
            model_name='appealdecision',
            constraint=models.CheckConstraint(condition=models.Q(('first_by', models.F('second_by')), _negated=True), name='appeal_decided_by_two'),
        ),
        migrations.AddConstraint(
            model_name='appealdecision',
            constraint=models.CheckConstraint(condition=models.Q(('reasons', ''), _negated=True), name='appeal_decision_has_reasons'),
        ),
        migrations.AddConstraint(
            model_name='appealdecision',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('measure__lt', models.F('original')), ('outcome', 'lighten'), ('severity__isnull', False)), models.Q(models.Q(('outcome', 'lighten'), _negated=True), ('ends_on', None), ('measure', None), ('severity', None)), _connector='OR'), name='appeal_makes_nothing_worse'),
        ),
        migrations.AddConstraint(
            model_name='boardvote',
            constraint=models.CheckConstraint(condition=models.Q(('measure__gte', 5)), name='board_votes_on_the_gravest'),
        ),
        migrations.AddConstraint(
            model_name='boardvote',
            constraint=models.CheckConstraint(condition=models.Q(('record', ''), _negated=True), name='board_vote_is_on_record'),
        ),
        migrations.AddConstraint(
            model_name='boardvote',
            constraint=models.CheckConstraint(condition=models.Q(('carried', False), models.Q(django.db.models.lookups.GreaterThanOrEqual(django.db.models.expressions.CombinedExpression(models.F('present'), '*', models.F('quorum_of')), django.db.models.expressions.CombinedExpression(models.F('due'), '*', models.F('quorum_numerator'))), ('due__gt', 0), ('in_favour__lte', models.F('present')), ('present__lt', django.db.models.expressions.CombinedExpression(models.F('in_favour'), '*', models.Value(2))), ('present__lte', models.F('due'))), _connector='OR'), name='board_vote_carries_with_quorum'),
        ),
        migrations.AddConstraint(
            model_name='circumstance',
            constraint=models.UniqueConstraint(fields=('association', 'case', 'kind'), name='circumstance_once'),
        ),
        migrations.AddConstraint(
            model_name='circumstance',
            constraint=models.CheckConstraint(condition=models.Q(('words', ''), _negated=True), name='circumstance_is_known_by_something'),
        ),
        migrations.AddConstraint(
            model_name='ending',
            constraint=models.CheckConstraint(condition=models.Q(('reasons', ''), _negated=True), name='ending_has_reasons'),
        ),
        migrations.AddConstraint(
            model_name='ending',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', 'transfer'), _negated=True), models.Q(models.Q(('receiver', ''), _negated=True), models.Q(('receipt', ''), _negated=True)), _connector='OR'), name='ending_elsewhere_has_a_receipt'),
        ),
        migrations.AddConstraint(
            model_name='extension',
            constraint=models.UniqueConstraint(fields=('association', 'case', 'clock'), name='extension_once_a_clock'),
        ),
        migrations.AddConstraint(
            model_name='extension',
            constraint=models.CheckConstraint(condition=models.Q(('reasons', ''), _negated=True), name='extension_has_reasons'),
        ),
        migrations.AddConstraint(
            model_name='minutes',
            constraint=models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='minutes_say_something'),
        ),
        migrations.AddConstraint(
            model_name='part',
            constraint=models.UniqueConstraint(fields=('association', 'case', 'user'), name='part_one_a_person'),
        ),
        migrations.AddConstraint(
            model_name='part',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('imported', True), ('opened_by', None)), models.Q(('imported', False), ('opened_by__isnull', False), models.Q(('side', 'accuse'), models.Q(('user', models.F('opened_by')), _negated=True), _connector='OR')), _connector='OR'), name='part_of_who_opened_is_to_accuse'),
        ),
        migrations.AddConstraint(
            model_name='investigationreport',
            constraint=models.CheckConstraint(condition=models.Q(('side', 'accuse')), name='report_by_an_investigator'),
        ),
        migrations.AddConstraint(
            model_name='investigationreport',
            constraint=models.CheckConstraint(condition=models.Q(('findings', ''), _negated=True), name='report_finds_something'),
        ),
        migrations.AddConstraint(
            model_name='hearingcall',
            constraint=models.CheckConstraint(condition=models.Q(('side', 'judge')), name='hearing_chair_judges'),
        ),
        migrations.AddConstraint(
            model_name='hearingcall',
            constraint=models.CheckConstraint(condition=models.Q(('proof', ''), _negated=True), name='hearing_call_is_proven'),
        ),
        migrations.AddConstraint(
            model_name='hearingcall',
            constraint=models.CheckConstraint(condition=models.Q(('held_on__gte', django.db.models.expressions.CombinedExpression(models.F('served_on'), '+', models.Value(datetime.timedelta(days=7))))), name='hearing_called_in_time'),
        ),
        migrations.AddConstraint(
            model_name='approval',
            constraint=models.CheckConstraint(condition=models.Q(('side', 'approve')), name='approval_is_nothing_else'),
        ),
        migrations.AddConstraint(
            model_name='approval',
            constraint=models.CheckConstraint(condition=models.Q(('ground', ''), _negated=True), name='approval_states_its_ground'),
        ),
        migrations.AddConstraint(
            model_name='appealopinion',
            constraint=models.CheckConstraint(condition=models.Q(('side', 'review')), name='opinion_by_a_reviewer'),
        ),
        migrations.AddConstraint(
            model_name='appealopinion',
            constraint=models.CheckConstraint(condition=models.Q(('reasons', ''), _negated=True), name='opinion_has_reasons'),
        ),
        migrations.AddConstraint(
            model_name='appealopinion',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('measure__isnull', False), ('outcome', 'lighten')), models.Q(models.Q(('outcome', 'lighten'), _negated=True), ('measure', None)), _connector='OR'), name='opinion_to_lighten_names_the_measure'),
        ),
        migrations.AddConstraint(
            model_name='performance',
            constraint=models.CheckConstraint(condition=models.Q(('note', ''), _negated=True), name='performance_says_how'),
        ),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
        migrations.AlterField(
            model_name='seat',
            name='part',
            field=models.OneToOneField(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='associations.part'),
        ),
        migrations.RemoveConstraint(
            model_name='seat',
            name='seat_not_for_who_opened',
        ),
        migrations.RemoveField(
            model_name='seat',
            name='opened_by',
        ),
    ]
