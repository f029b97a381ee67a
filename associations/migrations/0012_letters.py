
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('associations', '0011_remedies'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='LetterOpened',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('letter', models.CharField(choices=[('notice', 'Prior notice'), ('call', 'Notice of the hearing'), ('decision', 'Decision'), ('appeal', 'Decision on the appeal')], max_length=8, verbose_name='letter')),
                ('ref', models.BigIntegerField()),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('association', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='associations.association')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('case', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='letters_opened', to='associations.case')),
            ],
            options={
                'verbose_name': 'letter opened',
                'verbose_name_plural': 'letters opened',
                'constraints': [models.UniqueConstraint(fields=('association', 'case', 'letter', 'ref', 'by'), name='letter_opened_once_by_each')],
            },
        ),
    ]
