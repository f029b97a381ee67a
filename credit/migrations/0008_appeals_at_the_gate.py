
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('credit', '0007_rehearsals'),
    ]

    operations = [
        migrations.AlterField(
            model_name='candidate',
            name='withdrawn_for',
            field=models.CharField(blank=True, choices=[('period_over', 'The period of publication is over'), ('reversed', 'The decision was reversed'), ('appealed', 'An appeal is pending'), ('bar_ended', 'The bar has ended or is suspended'), ('left', 'No longer a member'), ('consent', 'Consent was withdrawn'), ('grade_changed', 'The grade changed and must be confirmed again'), ('officer', 'Taken off by an officer')], max_length=13),
        ),
    ]
