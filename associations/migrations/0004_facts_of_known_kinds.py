
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('associations', '0003_facts_in_partitions'),
    ]

    operations = [
        migrations.AddConstraint(
            model_name='fact',
            constraint=models.CheckConstraint(condition=models.Q(('code__gte', 0), ('kind__in', [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 20, 21, 22, 23, 24, 25])), name='fact_of_a_known_kind'),
        ),
    ]
