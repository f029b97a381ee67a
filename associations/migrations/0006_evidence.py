
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

FORWARDS = """
-- Sealed bytes do not shrink: PostgreSQL need not try.
ALTER TABLE associations_evidencepiece ALTER COLUMN content SET STORAGE EXTERNAL;

CREATE FUNCTION register_keep_pieces() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' AND OLD.keep_until < current_date THEN
    RETURN OLD;
  END IF;
  RAISE EXCEPTION 'pieces of evidence are never changed, and kept until their day' USING ERRCODE = '42501';
END $$;
CREATE TRIGGER keep_pieces BEFORE UPDATE OR DELETE ON associations_evidencepiece
  FOR EACH ROW EXECUTE FUNCTION register_keep_pieces();
CREATE TRIGGER keep_all_pieces BEFORE TRUNCATE ON associations_evidencepiece
  FOR EACH STATEMENT EXECUTE FUNCTION register_keep_pieces();
"""
BACKWARDS = """
DROP TRIGGER keep_pieces ON associations_evidencepiece;
DROP TRIGGER keep_all_pieces ON associations_evidencepiece;
DROP FUNCTION register_keep_pieces();
"""


class Migration(migrations.Migration):

    dependencies = [
        ('associations', '0005_keys_and_indexes_said_once'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Evidence',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(editable=False, max_length=22, unique=True)),
                ('name', models.CharField(max_length=120, verbose_name='file')),
                ('kind', models.CharField(choices=[('pdf', 'PDF document'), ('ofd', 'OFD document'), ('docx', 'Word document'), ('xlsx', 'Excel workbook'), ('pptx', 'PowerPoint slides'), ('doc', 'Word document (old format)'), ('xls', 'Excel workbook (old format)'), ('ppt', 'PowerPoint slides (old format)'), ('txt', 'Text'), ('png', 'PNG picture'), ('jpg', 'JPEG picture'), ('gif', 'GIF picture'), ('webp', 'WebP picture'), ('heic', 'HEIC picture'), ('mp4', 'Video'), ('mov', 'QuickTime video'), ('m4a', 'Sound recording (M4A)'), ('mp3', 'Sound recording (MP3)'), ('wav', 'Sound recording (WAV)'), ('amr', 'Telephone recording (AMR)')], max_length=4, verbose_name='kind')),
                ('size', models.PositiveBigIntegerField(verbose_name='bytes')),
                ('sha256', models.CharField(max_length=64, verbose_name='SHA-256')),
                ('pieces', models.PositiveIntegerField()),
                ('scanned_by', models.CharField(blank=True, max_length=80, verbose_name='scanned by')),
                ('kept_on', models.DateField(default=django.utils.timezone.localdate, verbose_name='kept since')),
                ('keep_until', models.DateField(verbose_name='kept until at least')),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('association', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='associations.association')),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'evidence',
                'verbose_name_plural': 'evidence',
            },
        ),
        migrations.CreateModel(
            name='CaseEvidence',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('shows', models.CharField(blank=True, max_length=200, verbose_name='what it shows')),
                ('added_on', models.DateField(default=django.utils.timezone.localdate, verbose_name='added on')),
                ('association', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='associations.association')),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('case', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='evidence', to='associations.case')),
                ('evidence', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='associations.evidence')),
            ],
        ),
        migrations.CreateModel(
            name='EvidencePiece',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('keep_until', models.DateField()),
                ('number', models.PositiveIntegerField()),
                ('content', models.BinaryField()),
                ('association', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='associations.association')),
                ('evidence', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='stretches', to='associations.evidence')),
            ],
        ),
        migrations.AddIndex(
            model_name='evidence',
            index=models.Index(fields=['association'], include=('size',), name='evidence_sizes'),
        ),
        migrations.AddConstraint(
            model_name='evidence',
            constraint=models.CheckConstraint(condition=models.Q(('pieces__gt', 0), ('size__gt', 0)), name='evidence_is_something'),
        ),
        migrations.AddConstraint(
            model_name='evidence',
            constraint=models.CheckConstraint(condition=models.Q(('sha256__regex', '^[0-9a-f]{64}$')), name='evidence_has_its_hash'),
        ),
        migrations.AddConstraint(
            model_name='evidence',
            constraint=models.CheckConstraint(condition=models.Q(('keep_until__gt', models.F('kept_on'))), name='evidence_is_kept'),
        ),
        migrations.AddConstraint(
            model_name='caseevidence',
            constraint=models.UniqueConstraint(fields=('association', 'case', 'evidence'), name='case_evidence_once'),
        ),
        migrations.AddConstraint(
            model_name='evidencepiece',
            constraint=models.UniqueConstraint(fields=('association', 'evidence', 'number'), name='evidence_piece_once'),
        ),
        migrations.RunSQL(FORWARDS, BACKWARDS),
    ]
