
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('credit', '0005_own_versions'),
    ]

    operations = [
        migrations.AddField(
            model_name='publishedruleset',
            name='association_slug',
            field=models.CharField(blank=True, max_length=40),
        ),
        migrations.AddField(
            model_name='publishedruleset',
            name='ends_on',
            field=models.DateField(null=True),
        ),
        migrations.AlterField(
            model_name='publishedruleset',
            name='sha256',
            field=models.CharField(max_length=64),
        ),
        migrations.AddConstraint(
            model_name='publishedruleset',
            constraint=models.UniqueConstraint(fields=('sha256', 'association_slug'), name='published_rule_set_once'),
        ),
    ]
