
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('core', '0003_identifiers_asked_for_whole'),
    ]

    operations = [
        migrations.AlterField(
            model_name='mark',
            name='kind',
            field=models.SmallIntegerField(choices=[(1, 'Unified social credit code'), (2, 'Identity number'), (3, 'Platform account'), (4, 'Name'), (5, 'Signed with the barred one')]),
        ),
        migrations.AlterField(
            model_name='watchmark',
            name='kind',
            field=models.SmallIntegerField(choices=[(1, 'Unified social credit code'), (2, 'Identity number'), (3, 'Platform account'), (4, 'Name'), (5, 'Signed with the barred one')]),
        ),
    ]
