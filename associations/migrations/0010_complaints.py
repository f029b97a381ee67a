"""Complaints, their agreements and findings, and the compensation register with the trigger that checks its entries."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


CHECK_ENTRY = """
CREATE FUNCTION register_check_entry() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  debited record; credited record; member bigint; held numeric; owed numeric;
BEGIN
  SELECT kind, membership_id INTO debited FROM associations_bookaccount
    WHERE association_id = NEW.association_id AND id = NEW.debit_id;
  SELECT kind, membership_id INTO credited FROM associations_bookaccount
    WHERE association_id = NEW.association_id AND id = NEW.credit_id;
  IF (NEW.kind, debited.kind, credited.kind) NOT IN (('deposit', 'fund', 'paid_in'), ('advance', 'claim', 'fund'),
      ('recovery', 'fund', 'claim'), ('write_off', 'loss', 'claim')) THEN
    RAISE EXCEPTION 'an entry of kind % does not go from % to %', NEW.kind, credited.kind, debited.kind
      USING ERRCODE = '23514';
  END IF;
  IF NEW.complaint_id IS NOT NULL THEN
    SELECT membership_id INTO member FROM associations_complaint
      WHERE association_id = NEW.association_id AND id = NEW.complaint_id;
    IF member IS DISTINCT FROM coalesce(debited.membership_id, credited.membership_id) THEN
      RAISE EXCEPTION 'a claim is on the member complained of' USING ERRCODE = '23514';
    END IF;
    SELECT sum(CASE kind WHEN 'advance' THEN amount ELSE -amount END) INTO owed FROM associations_bookentry
      WHERE association_id = NEW.association_id AND complaint_id = NEW.complaint_id;
    IF owed < 0 THEN
      RAISE EXCEPTION 'more is taken back than was advanced' USING ERRCODE = '23514';
    END IF;
  END IF;
  IF credited.kind = 'fund' THEN
    SELECT sum(CASE WHEN debit_id = NEW.credit_id THEN amount ELSE -amount END) INTO held FROM associations_bookentry
      WHERE association_id = NEW.association_id AND NEW.credit_id IN (debit_id, credit_id);
    IF held < 0 THEN
      RAISE EXCEPTION 'the fund does not hold so much' USING ERRCODE = '23514';
    END IF;
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER check_entry AFTER INSERT ON associations_bookentry
  FOR EACH ROW EXECUTE FUNCTION register_check_entry();
"""
UNCHECK = "DROP TRIGGER check_entry ON associations_bookentry; DROP FUNCTION register_check_entry();"


class Migration(migrations.Migration):

    dependencies = [
        ('associations', '0009_documents'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='BookAccount',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('fund', 'Compensation fund'), ('paid_in', 'Paid into the fund'), ('claim', 'Claim on the member'), ('loss', 'Written off')], max_length=8)),
                ('association', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='associations.association')),
                ('membership', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='associations.membership')),
            ],
        ),
        migrations.CreateModel(
            name='Complaint',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(editable=False, max_length=22, unique=True)),
                ('number', models.CharField(max_length=40, verbose_name='number')),
                ('tracking', models.CharField(max_length=16, verbose_name='tracking number')),
                ('code_index', models.BinaryField(max_length=32)),
                ('token_index', models.BinaryField(max_length=32)),
                ('origin', models.CharField(choices=[('public', 'The public'), ('member', 'A member'), ('platform', 'A platform'), ('authority', 'An authority')], max_length=10, verbose_name='from')),
                ('source', models.CharField(blank=True, max_length=120, verbose_name='source')),
                ('source_number', models.CharField(blank=True, max_length=80, verbose_name='its own number')),
                ('about', models.CharField(max_length=200, verbose_name='member, room or account')),
                ('topic', models.CharField(choices=[('quality', 'Quality of goods or services'), ('promotion', 'False or misleading promotion'), ('price', 'Price, discounts, gifts'), ('delivery', 'Delivery or performance'), ('after_sales', 'Refund, return, repair'), ('counterfeit', 'Counterfeit or infringing goods'), ('personal_data', 'Personal information'), ('conduct', 'Conduct in the live room'), ('other', 'Something else')], max_length=14, verbose_name='topic')),
                ('facts', models.TextField(verbose_name='what happened')),
                ('facts_digest', models.BinaryField(max_length=32)),
                ('occurred_on', models.DateField(null=True, verbose_name='date of the purchase or the act')),
                ('order_number', models.CharField(blank=True, max_length=80, verbose_name='order number')),
                ('amount', models.BigIntegerField(null=True, verbose_name='amount')),
                ('wish', models.CharField(max_length=400, verbose_name='what is asked for')),
                ('person_sealed', models.BinaryField(null=True)),
                ('contact_sealed', models.BinaryField(null=True)),
                ('contact_index', models.BinaryField(max_length=32, null=True)),
                ('consent', models.BooleanField(default=False, verbose_name='contact may be handed to the member')),
                ('state', models.CharField(choices=[('received', 'Received'), ('acknowledged', 'Acknowledged'), ('accepted', 'Accepted'), ('heard', 'Member heard'), ('mediation', 'In mediation'), ('agreed', 'Agreement made'), ('performed', 'Agreement performed'), ('unperformed', 'Agreement not performed'), ('found', 'Finding made'), ('closed', 'Closed'), ('refused', 'Not accepted'), ('withdrawn', 'Withdrawn'), ('transferred', 'Transferred')], default='received', max_length=12, verbose_name='state')),
                ('aside', models.BooleanField(default=False, verbose_name='set aside')),
                ('likeness', models.JSONField(default=dict)),
                ('received_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('received_on', models.DateField(default=django.utils.timezone.localdate, verbose_name='received on')),
                ('accepted_on', models.DateField(null=True)),
                ('reply_until', models.DateField(null=True)),
                ('replied_on', models.DateField(null=True)),
                ('closed_on', models.DateField(null=True)),
                ('satisfaction', models.CharField(blank=True, choices=[('', 'not said'), ('satisfied', 'Satisfied'), ('partly', 'Partly satisfied'), ('dissatisfied', 'Not satisfied')], max_length=14)),
                ('association', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='associations.association')),
                ('complainant', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='complaints_made', to='associations.membership')),
                ('membership', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='complaints', to='associations.membership')),
                ('owner', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'complaint',
                'verbose_name_plural': 'complaints',
            },
        ),
        migrations.CreateModel(
            name='BookEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(editable=False, max_length=22, unique=True)),
                ('kind', models.CharField(choices=[('deposit', 'Payment into the fund'), ('advance', 'Advance payment to the complainant'), ('recovery', 'Recovered from the member'), ('write_off', 'Written off')], max_length=10, verbose_name='entry')),
                ('amount', models.BigIntegerField(verbose_name='amount')),
                ('on', models.DateField(verbose_name='date')),
                ('proof', models.CharField(max_length=120, verbose_name='document')),
                ('note', models.TextField(blank=True, verbose_name='note')),
                ('token_index', models.BinaryField(max_length=32)),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('association', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='associations.association')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('credit', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='credits', to='associations.bookaccount')),
                ('debit', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='debits', to='associations.bookaccount')),
                ('complaint', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='book_entries', to='associations.complaint')),
            ],
            options={
                'verbose_name': 'register entry',
                'verbose_name_plural': 'register entries',
            },
        ),
        migrations.CreateModel(
            name='ComplaintEvent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('before', models.CharField(blank=True, choices=[('received', 'Received'), ('acknowledged', 'Acknowledged'), ('accepted', 'Accepted'), ('heard', 'Member heard'), ('mediation', 'In mediation'), ('agreed', 'Agreement made'), ('performed', 'Agreement performed'), ('unperformed', 'Agreement not performed'), ('found', 'Finding made'), ('closed', 'Closed'), ('refused', 'Not accepted'), ('withdrawn', 'Withdrawn'), ('transferred', 'Transferred')], max_length=12)),
                ('after', models.CharField(choices=[('received', 'Received'), ('acknowledged', 'Acknowledged'), ('accepted', 'Accepted'), ('heard', 'Member heard'), ('mediation', 'In mediation'), ('agreed', 'Agreement made'), ('performed', 'Agreement performed'), ('unperformed', 'Agreement not performed'), ('found', 'Finding made'), ('closed', 'Closed'), ('refused', 'Not accepted'), ('withdrawn', 'Withdrawn'), ('transferred', 'Transferred')], max_length=12)),
                ('step', models.CharField(choices=[('receive', 'Complaint received'), ('set_aside', 'Set aside for a person to look at'), ('release', 'Looked at, goes on'), ('name', 'Member named'), ('hand_on', 'Handed to another officer'), ('acknowledge', 'Receipt acknowledged'), ('accept', 'Complaint accepted'), ('refuse', 'Complaint not accepted'), ('transfer', 'Transferred to who is competent'), ('reply', "Member's reply"), ('lapse', 'Time for the reply over'), ('mediate', 'Mediation begun'), ('propose', 'Agreement proposed'), ('say_yes', 'Agreement accepted by one side'), ('say_no', 'Agreement refused by one side'), ('agree', 'Agreement made'), ('fail', 'Mediation failed'), ('perform', 'Agreement performed'), ('default', 'Agreement not performed in time'), ('find', 'Finding made'), ('close', 'Complaint closed'), ('satisfy', "Complainant's satisfaction"), ('withdraw', 'Complaint withdrawn'), ('answer', "Complainant's answer"), ('hand_in', 'Evidence handed in'), ('write', 'Message to the complainant'), ('lead', 'Lead handed to the authority'), ('refer', 'Handed over as a lead for a case')], max_length=12)),
                ('side', models.CharField(choices=[('complainant', 'Complainant'), ('member', 'Member'), ('association', 'Association')], max_length=12)),
                ('on', models.DateField()),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('note', models.TextField(blank=True)),
                ('association', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='associations.association')),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('complaint', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='events', to='associations.complaint')),
            ],
        ),
        migrations.CreateModel(
            name='ComplaintEvidence',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('shows', models.CharField(blank=True, max_length=200, verbose_name='what it shows')),
                ('added_on', models.DateField(default=django.utils.timezone.localdate, verbose_name='added on')),
                ('association', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='associations.association')),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('complaint', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='evidence', to='associations.complaint')),
                ('evidence', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='associations.evidence')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Finding',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('outcome', models.CharField(choices=[('upheld', 'Upheld'), ('partly', 'Upheld in part'), ('not_upheld', 'Not upheld')], max_length=10, verbose_name='finding')),
                ('reasons', models.TextField(verbose_name='reasons')),
                ('counted_elsewhere', models.BooleanField(default=False)),
                ('found_on', models.DateField(verbose_name='found on')),
                ('association', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='associations.association')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('complaint', models.OneToOneField(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='finding', to='associations.complaint')),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='Handover',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(editable=False, max_length=22, unique=True)),
                ('receiver', models.CharField(blank=True, max_length=120, verbose_name='authority')),
                ('receipt', models.CharField(blank=True, max_length=120, verbose_name='number of the receipt')),
                ('reasons', models.TextField(verbose_name='what points to a violation')),
                ('on', models.DateField()),
                ('association', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='associations.association')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('case', models.OneToOneField(db_constraint=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='associations.case')),
                ('complaint', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='handovers', to='associations.complaint')),
            ],
        ),
        migrations.CreateModel(
            name='Pattern',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(editable=False, max_length=22, unique=True)),
                ('topic', models.CharField(choices=[('quality', 'Quality of goods or services'), ('promotion', 'False or misleading promotion'), ('price', 'Price, discounts, gifts'), ('delivery', 'Delivery or performance'), ('after_sales', 'Refund, return, repair'), ('counterfeit', 'Counterfeit or infringing goods'), ('personal_data', 'Personal information'), ('conduct', 'Conduct in the live room'), ('other', 'Something else')], max_length=14, verbose_name='topic')),
                ('opened_on', models.DateField(default=django.utils.timezone.localdate, verbose_name='seen on')),
                ('note', models.TextField(blank=True, verbose_name='what was done about it')),
                ('answered_on', models.DateField(null=True)),
                ('answered_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('association', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='associations.association')),
                ('membership', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='complaint_patterns', to='associations.membership')),
            ],
        ),
        migrations.AddField(
            model_name='complaint',
            name='pattern',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='complaints', to='associations.pattern'),
        ),
        migrations.CreateModel(
            name='Settlement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(editable=False, max_length=22, unique=True)),
                ('terms', models.TextField(verbose_name='terms')),
                ('amount', models.BigIntegerField(null=True, verbose_name='amount')),
                ('due_on', models.DateField(verbose_name='to be performed by')),
                ('committee', models.BooleanField(default=False, verbose_name='before a registered mediation committee')),
                ('proposed_on', models.DateField()),
                ('complainant_says', models.CharField(blank=True, choices=[('', 'no answer yet'), ('yes', 'accepted'), ('no', 'refused')], max_length=3)),
                ('member_says', models.CharField(blank=True, choices=[('', 'no answer yet'), ('yes', 'accepted'), ('no', 'refused')], max_length=3)),
                ('ended_on', models.DateField(null=True)),
                ('made_on', models.DateField(null=True)),
                ('performed_on', models.DateField(null=True)),
                ('defaulted_on', models.DateField(null=True)),
                ('association', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='associations.association')),
                ('complaint', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='settlements', to='associations.complaint')),
                ('proposed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'mediation agreement',
                'verbose_name_plural': 'mediation agreements',
            },
        ),
        migrations.CreateModel(
            name='Sign',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('no_proof', 'Sent without the proof of work'), ('burst', 'Many complaints about the same member within an hour'), ('template', 'The same words from different people'), ('same_person', 'Many complaints by the same person')], max_length=12)),
                ('detail', models.JSONField(default=dict)),
                ('association', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='associations.association')),
                ('complaint', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='signs', to='associations.complaint')),
            ],
        ),
        migrations.CreateModel(
            name='Tries',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.BinaryField(max_length=32, unique=True)),
                ('since', models.DateTimeField()),
                ('count', models.PositiveIntegerField(default=1)),
            ],
            options={
                'indexes': [models.Index(fields=['since'], name='tries_oldest_first')],
            },
        ),
        migrations.AddConstraint(
            model_name='bookaccount',
            constraint=models.UniqueConstraint(fields=('association', 'kind', 'membership'), name='book_account_once', nulls_distinct=False),
        ),
        migrations.AddConstraint(
            model_name='bookaccount',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', 'claim'), ('membership__isnull', False)), models.Q(models.Q(('kind', 'claim'), _negated=True), ('membership', None)), _connector='OR'), name='book_account_claim_names_member'),
        ),
        migrations.AddIndex(
            model_name='bookentry',
            index=models.Index(fields=['association', 'complaint'], name='book_entry_of_complaint'),
        ),
        migrations.AddIndex(
            model_name='bookentry',
            index=models.Index(fields=['association', 'on', 'id'], name='book_entry_by_day'),
        ),
        migrations.AddConstraint(
            model_name='bookentry',
            constraint=models.UniqueConstraint(fields=('association', 'token_index'), name='book_entry_once'),
        ),
        migrations.AddConstraint(
            model_name='bookentry',
            constraint=models.CheckConstraint(condition=models.Q(('amount__range', (1, 10000000000000))), name='book_entry_moves_money'),
        ),
        migrations.AddConstraint(
            model_name='bookentry',
            constraint=models.CheckConstraint(condition=models.Q(('debit', models.F('credit')), _negated=True), name='book_entry_between_two'),
        ),
        migrations.AddConstraint(
            model_name='bookentry',
            constraint=models.CheckConstraint(condition=models.Q(('proof', ''), _negated=True), name='book_entry_has_a_document'),
        ),
        migrations.AddConstraint(
            model_name='bookentry',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('complaint', None), ('kind', 'deposit')), models.Q(models.Q(('kind', 'deposit'), _negated=True), ('complaint__isnull', False)), _connector='OR'), name='book_entry_is_about_a_complaint'),
        ),
        migrations.AddIndex(
            model_name='complaintevent',
            index=models.Index(fields=['association', 'complaint', 'id'], name='event_of_complaint'),
        ),
        migrations.AddConstraint(
            model_name='finding',
            constraint=models.CheckConstraint(condition=models.Q(('reasons', ''), _negated=True), name='finding_has_reasons'),
        ),
        migrations.AddConstraint(
            model_name='finding',
            constraint=models.CheckConstraint(condition=models.Q(('by', models.F('owner')), _negated=True), name='finding_not_by_who_handled'),
        ),
        migrations.AddConstraint(
            model_name='handover',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('case__isnull', False), ('receipt', ''), ('receiver', '')), models.Q(('case', None), models.Q(('receiver', ''), _negated=True), models.Q(('receipt', ''), _negated=True)), _connector='OR'), name='handover_to_an_authority_has_a_receipt'),
        ),
        migrations.AddConstraint(
            model_name='handover',
            constraint=models.UniqueConstraint(condition=models.Q(('receiver', '')), fields=('association', 'complaint'), name='handover_to_discipline_once'),
        ),
        migrations.AddIndex(
            model_name='pattern',
            index=models.Index(fields=['association', 'membership', 'topic'], name='pattern_of_member'),
        ),
        migrations.AddConstraint(
            model_name='pattern',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('answered_by', None), ('answered_on', None), ('note', '')), models.Q(('answered_by__isnull', False), ('answered_on__isnull', False), models.Q(('note', ''), _negated=True)), _connector='OR'), name='pattern_answered_with_words'),
        ),
        migrations.AddIndex(
            model_name='complaint',
            index=models.Index(fields=['association', 'state', 'id'], name='complaint_by_state'),
        ),
        migrations.AddIndex(
            model_name='complaint',
            index=models.Index(fields=['association', 'membership', 'topic'], name='complaint_of_member'),
        ),
        migrations.AddIndex(
            model_name='complaint',
            index=models.Index(fields=['association', 'facts_digest'], name='complaint_by_words'),
        ),
        migrations.AddIndex(
            model_name='complaint',
            index=models.Index(fields=['association', 'contact_index'], name='complaint_by_contact'),
        ),
        migrations.AddIndex(
            model_name='complaint',
            index=models.Index(fields=['association', 'received_on', 'id'], name='complaint_by_day'),
        ),
        migrations.AddConstraint(
            model_name='complaint',
            constraint=models.UniqueConstraint(fields=('association', 'number'), name='complaint_number_once'),
        ),
        migrations.AddConstraint(
            model_name='complaint',
            constraint=models.UniqueConstraint(fields=('association', 'tracking'), name='complaint_tracking_once'),
        ),
        migrations.AddConstraint(
            model_name='complaint',
            constraint=models.UniqueConstraint(fields=('association', 'token_index'), name='complaint_sent_once'),
        ),
        migrations.AddConstraint(
            model_name='complaint',
            constraint=models.CheckConstraint(condition=models.Q(('amount', None), ('amount__range', (1, 10000000000000)), _connector='OR'), name='complaint_amount_is_money'),
        ),
        migrations.AddConstraint(
            model_name='complaint',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('complainant', None), ('origin', 'public')), models.Q(('complainant__isnull', False), ('origin', 'member')), models.Q(('complainant', None), ('origin__in', ['platform', 'authority']), models.Q(('source', ''), _negated=True)), _connector='OR'), name='complaint_names_its_source'),
        ),
        migrations.AddConstraint(
            model_name='complaint',
            constraint=models.CheckConstraint(condition=models.Q(('complainant', None), ('membership', None), models.Q(('complainant', models.F('membership')), _negated=True), _connector='OR'), name='complaint_not_about_oneself'),
        ),
        migrations.AddConstraint(
            model_name='complaint',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('origin', 'public'), _negated=True), models.Q(('contact_index__isnull', False), ('contact_sealed__isnull', False), ('person_sealed__isnull', False)), _connector='OR'), name='complaint_can_be_answered'),
        ),
        migrations.AddConstraint(
            model_name='complaint',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['received', 'withdrawn', 'transferred']), ('owner__isnull', False), _connector='OR'), name='complaint_taken_up_has_an_owner'),
        ),
        migrations.AddConstraint(
            model_name='complaint',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['received', 'acknowledged', 'refused', 'withdrawn', 'transferred']), models.Q(('accepted_on__isnull', False), ('aside', False), ('membership__isnull', False), ('reply_until__isnull', False)), _connector='OR'), name='complaint_accepted_names_member_and_clock'),
        ),
        migrations.AddConstraint(
            model_name='complaint',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('closed_on__isnull', False), ('state__in', ['closed', 'refused', 'withdrawn', 'transferred'])), models.Q(models.Q(('state__in', ['closed', 'refused', 'withdrawn', 'transferred']), _negated=True), ('closed_on', None)), _connector='OR'), name='complaint_over_has_its_day'),
        ),
        migrations.AddConstraint(
            model_name='settlement',
            constraint=models.UniqueConstraint(condition=models.Q(('ended_on', None)), fields=('association', 'complaint'), name='settlement_one_stands'),
        ),
        migrations.AddConstraint(
            model_name='settlement',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('ended_on__isnull', False), ('made_on', None)), models.Q(('ended_on', None), models.Q(('complainant_says', 'no'), _negated=True), models.Q(('member_says', 'no'), _negated=True)), _connector='OR'), name='settlement_refused_has_ended'),
        ),
        migrations.AddConstraint(
            model_name='settlement',
            constraint=models.CheckConstraint(condition=models.Q(('amount', None), ('amount__range', (1, 10000000000000)), _connector='OR'), name='settlement_amount_is_money'),
        ),
        migrations.AddConstraint(
            model_name='settlement',
            constraint=models.CheckConstraint(condition=models.Q(('terms', ''), _negated=True), name='settlement_says_something'),
        ),
        migrations.AddConstraint(
            model_name='settlement',
            constraint=models.CheckConstraint(condition=models.Q(('due_on__gte', models.F('proposed_on'))), name='settlement_gives_time'),
        ),
        migrations.AddConstraint(
            model_name='settlement',
            constraint=models.CheckConstraint(condition=models.Q(('made_on', None), models.Q(('complainant_says', 'yes'), ('made_on__gte', models.F('proposed_on')), ('member_says', 'yes')), _connector='OR'), name='settlement_made_by_both'),
        ),
        migrations.AddConstraint(
            model_name='settlement',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('defaulted_on', None), ('performed_on', None)), ('made_on__isnull', False), _connector='OR'), name='settlement_made_before_performed'),
        ),
        migrations.AddConstraint(
            model_name='settlement',
            constraint=models.CheckConstraint(condition=models.Q(('defaulted_on', None), ('defaulted_on__gt', models.F('due_on')), _connector='OR'), name='settlement_default_after_its_day'),
        ),
        migrations.AddConstraint(
            model_name='sign',
            constraint=models.UniqueConstraint(fields=('association', 'complaint', 'kind'), name='sign_once'),
        ),
        migrations.RunSQL(CHECK_ENTRY, UNCHECK),
    ]
